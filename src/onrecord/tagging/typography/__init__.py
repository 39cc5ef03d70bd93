"""What the layout of a text tells: paragraphs, colon lines, posts, headlines, and quotations that go on."""
