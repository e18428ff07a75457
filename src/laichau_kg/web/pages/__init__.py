"""The pages: view models, one module a subject; how to write one stands in `rendering`."""
