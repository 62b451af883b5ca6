// The public holidays of France from 2000 to 2100, one line each: region, day. Region 57 is Moselle.
import Holidays from 'date-holidays';

for (const [region, list] of [['FR', new Holidays('FR')], ['57', new Holidays('FR', '57')]])
  for (let year = 2000; year <= 2100; year++)
    for (const holiday of list.getHolidays(year).filter(({ type }) => type === 'public'))
      console.log(`${region} ${holiday.date.slice(0, 10)}`);
