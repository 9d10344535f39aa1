from runas_properties.conviction import convict
from runas_properties.failures import shortened, told
from runas_properties.faults.decisions import FallsBackToSsmUser

departure = convict(FallsBackToSsmUser)

if departure:
    print(told(shortened(departure, FallsBackToSsmUser), FallsBackToSsmUser))
