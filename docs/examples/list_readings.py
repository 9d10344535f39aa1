from runas_model import all_readings
from runas_model.stories import tell_reading

for reading in all_readings():
    print(tell_reading(reading))
