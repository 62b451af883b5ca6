using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.Contracts.Delegations;

/// <summary>What people say of a delegation, read from a request and put into its usual form.</summary>
internal sealed record DelegationTerms(
    string Title, bool NamesCounterpart, string CounterpartLegalName, string CounterpartSiren, ReferenceData ReferenceData, DateOnly? PlannedStartDay)
{
    private const int TitleLength = 200;

    public static readonly FieldViolation CounterpartRequired = new(
        "counterpart",
        "COUNTERPART_REQUIRED",
        new("The organisation on the other side is missing.", "L'organisme de l'autre partie n'est pas renseigné."),
        new("Give its legal name and its SIREN.", "Indiquez sa dénomination sociale et son SIREN."));

    public static DelegationTerms Of(CreateDelegationRequest request, ICollection<FieldViolation> violations) =>
        Read(request.Title, request.Counterpart, request.ReferenceData, request.PlannedStartDay, violations);

    public static DelegationTerms Of(UpdateDelegationRequest request, ICollection<FieldViolation> violations) =>
        Read(request.Title, request.Counterpart, request.ReferenceData, request.PlannedStartDay, violations);

    private static DelegationTerms Read(
        string title, Counterpart? counterpart, ReferenceData? data, string plannedStartDay, ICollection<FieldViolation> violations)
    {
        var readTitle = TextField.ReadLine("title", title, TitleLength, violations) ?? "";
        var (legalName, siren) = counterpart is null
            ? ("", "")
            : NamedOrganization.Read("counterpart", counterpart.LegalName, counterpart.Siren, violations);

        return new DelegationTerms(
            readTitle,
            counterpart is not null,
            legalName,
            siren,
            Read(data ?? new ReferenceData(), violations),
            DayField.ReadOptional("planned_start_day", plannedStartDay, violations));
    }

    private static ReferenceData Read(ReferenceData data, ICollection<FieldViolation> violations)
    {
        var products = CodeLists.ReadProducts("reference_data.products", data.Products, violations);
        var populations = CodeLists.ReadPopulations("reference_data.populations", data.Populations, violations);
        return new ReferenceData
        {
            Products = { products },
            Populations = { populations },
            InsurerContracts =
            {
                InsurerContracts.Read(
                    "reference_data.insurer_contracts",
                    data.InsurerContracts,
                    products.Select(product => product.Code).ToHashSet(StringComparer.Ordinal),
                    populations.Select(population => population.Code).ToHashSet(StringComparer.Ordinal),
                    violations),
            },
            CoInsurers = { CoInsurers.Read("reference_data.co_insurers", data.CoInsurers, violations) },
        };
    }
}
