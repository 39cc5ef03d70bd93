"""Who a source is within its report."""
