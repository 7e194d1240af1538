"""Known wrong answers, one module a notebook: `function__what_is_wrong`, with a hint each."""
