"""Parts of a sentence: phrases, clauses, objects, particles."""
