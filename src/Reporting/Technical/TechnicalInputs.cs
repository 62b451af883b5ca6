using Delegation.Persistence.Journal;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Stored;
using Delegation.Persistence.Tenancy;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Kind = Delegation.Reporting.V1.TechnicalInput.Types.Kind;

namespace Delegation.Reporting.Technical;

/// <summary>Figures of the insurer's own accounts: what is kept of them, and in the database.</summary>
internal static class TechnicalInputs
{
    private const string ObjectType = "technical_input";
    private const long MostCents = 1_000_000_000_000;

    private const string Columns =
        "SELECT input_id AS id, delegation_id AS delegationid, kind, year, valuation_day AS valuationday, amount, record_time AS recordtime FROM technical_input WHERE owner_id = @OwnerId AND delegation_id = @DelegationId";

    private static readonly LocalizedText ChooseDay = new("Give it for a provision, and for nothing else.", "Indiquez-le pour une provision, et pour rien d'autre.");

    /// <summary>Reads a figure that somebody gives, and tells all that is wrong with it.</summary>
    public static Outcome<TechnicalInputRow> Read(CreateTechnicalInputRequest request, Guid id, DateTimeOffset now)
    {
        var violations = new List<FieldViolation>();
        var delegationId = IdField.Read("delegation_id", request.DelegationId, violations);
        if (!StoredNames.IsKnown(request.Kind))
            violations.Add(new("kind", "KIND_REQUIRED", new("What it is is not said.", "La nature n'est pas indiquée."), new("Choose PROVISION, MANAGEMENT_COSTS or CONTRIBUTIONS.", "Choisissez PROVISION, MANAGEMENT_COSTS (frais) ou CONTRIBUTIONS.")));
        if (request.Year is < 2000 or > 2100)
            violations.Add(new("year", "YEAR_OUT_OF_RANGE", new("This is not a year between 2000 and 2100.", "Ceci n'est pas une année entre 2000 et 2100."), new("Give four digits, as 2026.", "Indiquez quatre chiffres, par exemple 2026.")));
        var day = request.Kind == Kind.Provision ? DayField.Read("valuation_day", request.ValuationDay, violations) : DayField.ReadOptional("valuation_day", request.ValuationDay, violations);
        if (request.Kind != Kind.Provision && day is not null)
            violations.Add(new("valuation_day", "VALUATION_DAY_NOT_OF_KIND", new("Only a provision has a valuation day.", "Seule une provision a une date de vision."), ChooseDay));
        if (day?.Year < request.Year)
            violations.Add(new("valuation_day", "VALUATION_DAY_BEFORE_YEAR", new("The day is before the year.", "Le jour précède l'année."), new("Choose a day of the year or later.", "Choisissez un jour de l'année ou ultérieur.")));
        if (Math.Abs((decimal)request.Amount) > MostCents)
            violations.Add(new("amount", "AMOUNT_OUT_OF_RANGE", new("The amount is beyond 10 billion euros.", "Le montant dépasse 10 milliards d'euros."), new("Give cents of euros.", "Indiquez des centimes d'euros.")));

        return violations.Count == 0
            ? new Outcome<TechnicalInputRow>.Accepted(new TechnicalInputRow(id, delegationId!.Value, request.Kind.Stored(), request.Year, day, request.Amount, now.InMicroseconds()))
            : new Outcome<TechnicalInputRow>.Invalid(violations);
    }

    /// <summary>Keeps it, and says so in the journal, to the insurer alone.</summary>
    public static async Task<Outcome<TechnicalInput>> KeepAsync(
        this TenantSession session, KnownDelegation delegation, TechnicalInputRow row, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (delegation.Closed<TechnicalInput>() is { } closed)
            return closed;

        await session.ExecuteAsync(
            "INSERT INTO technical_input VALUES (@OwnerId, @DelegationId, @DelegateId, 'insurer', @Id, @Kind, @Year, @ValuationDay, @Amount, @PersonId, @RecordTime)",
            new { delegation.OwnerId, delegation.DelegationId, delegation.DelegateId, row.Id, row.Kind, row.Year, row.ValuationDay, row.Amount, session.Caller.PersonId, row.RecordTime },
            cancellationToken);
        var happened = new TechnicalInputRecorded { Input = row.ToMessage() };
        await session.AppendAsync(delegation.Entry(ObjectType, row.Id, 1, happened) with { Visibility = Visibility.Insurer }, clock, cancellationToken);
        return new Outcome<TechnicalInput>.Accepted(row.ToMessage());
    }

    /// <summary>A page of them, the latest first.</summary>
    public static async Task<Page<TechnicalInputRow>> ListInputsAsync(this TenantSession session, KnownDelegation delegation, PageRequest page, CancellationToken cancellationToken)
    {
        var rows = await session.QueryAsync<TechnicalInputRow>(
            $"{Columns} AND (@after::uuid IS NULL OR input_id < @after) ORDER BY input_id DESC LIMIT @Limit",
            new { delegation.OwnerId, delegation.DelegationId, after = page.After?.Id, page.Limit },
            cancellationToken);
        return rows.ToPage(page, row => new PageKey(default, row.Id));
    }

    /// <summary>Those that count, of each kind, year and valuation day the last one.</summary>
    public static async Task<IReadOnlyList<TechnicalInputRow>> InputsAsync(this TenantSession session, KnownDelegation delegation, DateTime? asOf, CancellationToken cancellationToken)
    {
        var all = await session.QueryAsync<TechnicalInputRow>(
            $"{Columns} AND (@asOf::timestamptz IS NULL OR record_time <= @asOf)", new { delegation.OwnerId, delegation.DelegationId, asOf }, cancellationToken);
        return [.. all.GroupBy(row => (row.Kind, row.Year, row.ValuationDay)).Select(same => same.MaxBy(row => (row.RecordTime, row.Id))!)];
    }
}
