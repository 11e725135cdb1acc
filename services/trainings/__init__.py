"""The agenda of trainings, and who signed up for them."""
