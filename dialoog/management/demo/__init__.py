"""The demo: invented people at two invented tables, as texts that the `demo` command plays through the acts."""
