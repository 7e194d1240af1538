"""The reference answers, one module a notebook. They never leave the teacher."""
