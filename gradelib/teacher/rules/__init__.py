"""What a teacher has decided beside the exercises: what being late costs, who has longer."""
