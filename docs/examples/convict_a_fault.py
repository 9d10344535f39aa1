from runas_properties.gallery.conviction import convict
from runas_properties.gallery.implementations.decisions import FallsBackToSsmUser
from runas_properties.oracle.failures import shortened, told

departure = convict(FallsBackToSsmUser)

if departure:
    print(told(shortened(departure, FallsBackToSsmUser), FallsBackToSsmUser))
