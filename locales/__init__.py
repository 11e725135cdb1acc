"""Words: screens in every language. A language is a folder here and a line in languages.toml."""
