using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.Contracts.Tests.Delegations;

public sealed class Reading_reference_data
{
    private readonly List<FieldViolation> _violations = [];

    [Fact]
    public void What_is_right_is_read_without_a_word_and_put_into_its_usual_form()
    {
        var data = Read(new ReferenceData
        {
            Products = { new Product { Code = " P-1", Label = "Socle " } },
            Populations = { new Population { Code = "CADRES", Label = "Cadres" } },
            InsurerContracts = { new InsurerContract { Number = "G/1 ", ProductCodes = { "P-1" }, PopulationCodes = { "CADRES" }, StartDay = "2027-01-01", EndDay = "2027-12-31" } },
            CoInsurers = { new CoInsurer { LegalName = "MGEN", Siren = "775 685 399", SharePpm = 999_999 } },
        });

        Assert.Empty(_violations);
        Assert.Equal(("P-1", "Socle", "G/1", "775685399"), (data.Products[0].Code, data.Products[0].Label, data.InsurerContracts[0].Number, data.CoInsurers[0].Siren));
    }

    [Fact]
    public void All_that_is_wrong_is_told_at_once_with_its_place()
    {
        Read(new ReferenceData
        {
            Products = { new Product { Code = "A", Label = "" }, new Product { Code = "A", Label = "Twice" }, new Product { Code = "é", Label = "x" } },
            Populations = { new Population { Label = "x" } },
            InsurerContracts =
            {
                new InsurerContract { Number = "1", ProductCodes = { "A", "B", "A" }, PopulationCodes = { "C" }, StartDay = "2027-01-02", EndDay = "2027-01-01" },
                new InsurerContract { Number = "", StartDay = "" },
            },
            CoInsurers = { new CoInsurer { SharePpm = 0 }, new CoInsurer { LegalName = "a", Siren = "775685399", SharePpm = 999_999 }, new CoInsurer { LegalName = "b", Siren = "775685399", SharePpm = 1 } },
        });

        Assert.Equal(
            [
                ("products[0].label", "LABEL_REQUIRED"), ("products[1].code", "CODE_DUPLICATE"), ("products[2].code", "CODE_MALFORMED"),
                ("populations[0].code", "CODE_REQUIRED"),
                ("insurer_contracts[0].product_codes[1]", "PRODUCT_UNKNOWN"), ("insurer_contracts[0].product_codes[2]", "CODE_DUPLICATE"),
                ("insurer_contracts[0].population_codes[0]", "POPULATION_UNKNOWN"), ("insurer_contracts[0].end_day", "END_BEFORE_START"),
                ("insurer_contracts[1].number", "NUMBER_REQUIRED"), ("insurer_contracts[1].start_day", "START_DAY_REQUIRED"),
                ("co_insurers[0].legal_name", "LEGAL_NAME_REQUIRED"), ("co_insurers[0].siren", "SIREN_REQUIRED"), ("co_insurers[0].share_ppm", "SHARE_OUT_OF_RANGE"),
                ("co_insurers[2].siren", "SIREN_DUPLICATE"), ("co_insurers", "CO_INSURERS_HOLD_ALL"),
            ],
            _violations.Select(violation => (violation.Field["reference_data.".Length..], violation.Reason)));
        Assert.All(_violations, violation => Assert.NotNull(violation.Remedy));
    }

    [Theory]
    [InlineData("2027-01-01", "2027-06-30", "2027-07-01", "", true)]
    [InlineData("2027-01-01", "2027-07-01", "2027-07-01", "", false)]
    [InlineData("2027-01-01", "", "2030-07-01", "2030-07-01", false)]
    public void A_number_may_come_back_after_its_end_and_stands_once_for_a_day(string start, string end, string otherStart, string otherEnd, bool fits)
    {
        Read(TwoParties.Contracts(("G-1", start, end), ("G-1", otherStart, otherEnd), ("G-2", start, end)));

        if (fits)
            Assert.Empty(_violations);
        else
            Assert.Equal(("reference_data.insurer_contracts[1].number", "CONTRACT_NUMBER_DUPLICATE"), _violations.Select(violation => (violation.Field, violation.Reason)).Single());
    }

    [Fact]
    public void Shares_that_would_overflow_are_too_much_all_the_same()
    {
        Read(new ReferenceData { CoInsurers = { Enumerable.Repeat(new CoInsurer { LegalName = "a", Siren = "775685399", SharePpm = int.MaxValue }, 3) } });

        Assert.Contains(_violations, violation => violation.Reason == "CO_INSURERS_HOLD_ALL");
    }

    [Theory]
    [InlineData(200, 0, 500, 50, 0)]
    [InlineData(201, 201, 501, 51, 4)]
    public void Lists_have_a_limit(int products, int populations, int contracts, int coInsurers, int refused)
    {
        Read(new ReferenceData
        {
            Products = { Enumerable.Range(0, products).Select(number => new Product { Code = $"P{number}", Label = "x" }) },
            Populations = { Enumerable.Range(0, populations).Select(number => new Population { Code = $"P{number}", Label = "x" }) },
            InsurerContracts = { Enumerable.Range(0, contracts).Select(number => new InsurerContract { Number = $"{number}", StartDay = "2027-01-01" }) },
            CoInsurers = { Enumerable.Repeat(new CoInsurer { LegalName = "a", Siren = "775685399", SharePpm = 1 }, coInsurers) },
        });

        Assert.Equal(refused, _violations.Count(violation => violation.Reason == "TOO_MANY_ENTRIES"));
    }

    private ReferenceData Read(ReferenceData data) => DelegationTerms.Of(
        new CreateDelegationRequest { Title = "t", Counterpart = new Counterpart { LegalName = "x", Siren = "552100554" }, ReferenceData = data }, _violations).ReferenceData;
}
