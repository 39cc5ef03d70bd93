"""The desk in the browser: pages, forms and an API; they ask and render, they know nothing themselves."""
