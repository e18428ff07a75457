"""Tables as people fill them in: cells, sheets and names in, statements out.

`laichau_kg.imports` goes through them in order: sheets are read (`sheets`,
`cells`), each row is told what it is about (`plans`, `names`), its cells
become statements (`facts`, `side_tables`, `periods`), and the spans they rest
on become evidence (`spans`); `intake` holds what they all work on.
"""
