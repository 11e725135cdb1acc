"""Who is in the console: joined, signed in, with a second factor, with access to what is sealed, in which role."""
