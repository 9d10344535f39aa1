from runas_properties.gallery import convict
from runas_properties.gallery.implementations.decisions import FallsBackToSsmUser
from runas_properties.oracle import shortened, told

departure = convict(FallsBackToSsmUser)

if departure:
    print(told(shortened(departure, FallsBackToSsmUser), FallsBackToSsmUser))
