"""Language packs that come with kroniek. A pack is data; what it names is loaded by entry points."""
