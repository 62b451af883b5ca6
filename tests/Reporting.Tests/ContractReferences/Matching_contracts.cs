using Delegation.Reporting.ContractReferences;
using FsCheck;
using FsCheck.Fluent;

namespace Delegation.Reporting.Tests.ContractReferences;

public sealed class Matching_contracts
{
    private static readonly ContractMatcher Matcher = new(["COL-000120", "COL-000121", "IND.77/A", "C 0098"]);

    [Theory]
    [InlineData("COL-000120", "COL-000120", 100, false)]
    [InlineData("col 120", "COL-000120", 95, false)]
    [InlineData("COL000121", "COL-000121", 95, false)]
    [InlineData("ind77a", "IND.77/A", 95, false)]
    [InlineData("COL-00012", "COL-000120", 84, true)]
    [InlineData("KOL-000121", "COL-000121", 84, true)]
    [InlineData("ZZZZ", null, 0, true)]
    public void A_reference_is_matched_as_it_stands_normalised_or_left_to_a_person(string reference, string? number, int confidence, bool doubtful) =>
        Assert.Equal(new FoundContract(number, confidence, doubtful), Matcher.Find(reference));

    [Fact]
    public void Two_numbers_of_the_same_form_are_left_to_a_person() =>
        Assert.Equal(new FoundContract("A-1", 94, true), new ContractMatcher(["A-1", "A1"]).Find("a 1"));

    [Fact]
    public void Every_number_matches_itself_and_nothing_is_certain_that_is_not_a_number() =>
        Prop.ForAll(Gen.Elements('A', 'b', '0', '1', '-', ' ').NonEmptyListOf().Select(characters => new string([.. characters])).NonEmptyListOf().ToArbitrary(), numbers =>
        {
            var matcher = new ContractMatcher([.. numbers.Skip(1)]);
            return numbers.Skip(1).All(number => matcher.Find(number) == new FoundContract(number, 100, false))
                && (numbers.Skip(1).Contains(numbers[0]) || matcher.Find(numbers[0]).Confidence < 100);
        }).QuickCheckThrowOnFailure();
}
