"""A referral's life: handed in, claimed, worked on, answered, closed, erased; the queue and its clock."""
