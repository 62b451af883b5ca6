using System.Globalization;
using System.Text;
using Delegation.Reporting.Imports;
using FsCheck;
using FsCheck.Fluent;

namespace Delegation.Reporting.Tests.Imports;

public sealed class Reading_amounts
{
    [Theory]
    [InlineData("12", 1200L)]
    [InlineData("12,5", 1250L)]
    [InlineData("12.50", 1250L)]
    [InlineData("-12,05", -1205L)]
    [InlineData("+0,01", 1L)]
    [InlineData("1 234,56", 123456L)]
    [InlineData("1\u00a0234\u202f567,80", 123456780L)]
    [InlineData(" 7 ", 700L)]
    [InlineData("1234567", 123456700L)]
    // What could mean two things means nothing.
    [InlineData("1,234", null)]
    [InlineData("1.234", null)]
    [InlineData("1,234.56", null)]
    [InlineData("1.234,56", null)]
    [InlineData("12 34,5", null)]
    [InlineData("1234 567", null)]
    [InlineData("12,", null)]
    [InlineData(",5", null)]
    [InlineData("12,-5", null)]
    [InlineData("12-", null)]
    [InlineData("- 12", null)]
    [InlineData("12 €", null)]
    [InlineData("1O", null)]
    [InlineData("1e5", null)]
    [InlineData("100000000,01", null)]
    [InlineData("99999999999999999999", null)]
    public void Euros_are_read_to_the_cent_or_not_at_all(string text, long? cents) =>
        Assert.Equal(cents, Amounts.TryReadCents(Encoding.UTF8.GetBytes(text), out var read) ? read : null);

    [Fact]
    public void Whatever_is_written_in_either_way_is_read_again() =>
        Prop.ForAll(Gen.Choose(-1_000_000_000, 1_000_000_000).ToArbitrary(), cents =>
        {
            var point = (cents / 100m).ToString("0.00", CultureInfo.InvariantCulture);
            return new[] { point, point.Replace('.', ',') }.All(text => Amounts.TryReadCents(Encoding.UTF8.GetBytes(text), out var read) && read == cents);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("12", 12L)]
    [InlineData("-3", -3L)]
    [InlineData("1 234", 1234L)]
    [InlineData("1,0", null)]
    [InlineData("3000000000", null)]
    public void Counts_are_whole(string text, long? count) => Assert.Equal(count, Amounts.TryReadCount(Encoding.UTF8.GetBytes(text), out var read) ? read : null);

    [Theory]
    [InlineData("2026-03", "2026-03-01")]
    [InlineData("03/2026", "2026-03-01")]
    [InlineData("2026-03-17", "2026-03-01")]
    [InlineData("17/03/2026", "2026-03-01")]
    [InlineData("2026-13", null)]
    [InlineData("mars 2026", null)]
    public void Months_are_read_by_their_first_day(string text, string? day) =>
        Assert.Equal(day, DayAndTime.TryReadMonth(Encoding.UTF8.GetBytes(text), out var first) ? DateOnly.FromDayNumber((int)first).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null);
}
