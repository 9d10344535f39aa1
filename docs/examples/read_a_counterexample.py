from runas_solver.gallery import convict

conviction = convict("preferences-reach-sessions")

print(conviction.title)
print("breaks", ", ".join(conviction.laws))
print(conviction.story)
