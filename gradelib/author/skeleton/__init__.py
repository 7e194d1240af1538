"""A small topic called `new_topic`, of notebook 00: what `gradelib author new-topic` copies."""
