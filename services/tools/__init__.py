"""What the coordination gives out: professional codes, and tokens with which the network's tools hand in referrals."""
