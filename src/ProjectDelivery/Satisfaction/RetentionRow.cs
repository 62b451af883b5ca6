using Delegation.Delivery.V1;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Google.Protobuf.WellKnownTypes;
using Unit = Delegation.Delivery.V1.Retention.Types.Unit;

namespace Delegation.ProjectDelivery.Satisfaction;

/// <summary>How many customers stayed in a period, as the database keeps it.</summary>
internal sealed record RetentionRow(
    Guid OwnerId, Guid DelegationId, Guid DelegateId, Guid Id, string Period, string Unit, long CustomersAtStart, long Lost, long Won, DateTime UpdateTime, long Revision)
{
    private const long Most = 1_000_000_000;

    public Parties Parties => new(OwnerId, DelegationId, DelegateId);

    /// <summary>Of those who were there at the start, how many still are; null where nobody was.</summary>
    public double? Rate => CustomersAtStart == 0 ? null : (double)(CustomersAtStart - Lost) / CustomersAtStart;

    /// <summary>What is wrong with figures is added.</summary>
    public static void Check(RecordRetentionRequest request, ICollection<FieldViolation> violations)
    {
        var choose = new LocalizedText("Choose MEMBERS or CONTRACTS.", "Choisissez MEMBERS (adhérents) ou CONTRACTS (contrats).");
        if (!StoredNames.IsKnown(request.Unit))
            violations.Add(request.Unit == Delivery.V1.Retention.Types.Unit.Unspecified
                ? new("unit", "UNIT_REQUIRED", new("Who counts as a customer is missing.", "L'unité de décompte n'est pas renseignée."), choose)
                : new("unit", "UNIT_UNKNOWN", new("This unit is not known.", "Cette unité n'est pas connue."), choose));
        (string Field, long Count)[] counts = [("customers_at_start", request.CustomersAtStart), ("lost", request.Lost), ("won", request.Won)];
        foreach (var (field, count) in counts)
            if (count is < 0 or > Most)
                violations.Add(new(
                    field, "COUNT_OUT_OF_RANGE", new("This is no number of customers.", "Ceci n'est pas un nombre de clients."),
                    new($"Give 0 to {Most}.", $"Indiquez de 0 à {Most}.")));
        if (request.Lost > request.CustomersAtStart && request.CustomersAtStart >= 0)
            violations.Add(new(
                "lost", "LOST_EXCEEDS_START", new("More customers were lost than there were.", "Davantage de clients sont partis qu'il n'y en avait."),
                new("Count those who were there at the start of the period only.", "Ne comptez que ceux qui étaient présents au début de la période.")));
    }

    public Retention ToMessage()
    {
        var message = new Retention
        {
            Id = Id.ToString(),
            DelegationId = DelegationId.ToString(),
            Period = Period,
            Unit = StoredNames.Read<Unit>(Unit),
            CustomersAtStart = CustomersAtStart,
            Lost = Lost,
            Won = Won,
            CustomersAtEnd = CustomersAtStart - Lost + Won,
            UpdateTime = Timestamp.FromDateTime(UpdateTime),
            Etag = Etag.Of(Id, Revision),
        };
        if (Rate is { } rate)
            message.Rate = rate;

        return message;
    }
}

/// <summary>Retention in the database: one statement per call.</summary>
internal static class RetentionStore
{
    private const string Columns =
        """
        SELECT owner_id AS ownerid, delegation_id AS delegationid, delegate_id AS delegateid, retention_id AS id, period, unit,
               customers_at_start AS customersatstart, lost, won, update_time AS updatetime, revision
        FROM retention
        """;

    /// <summary>The figures of a period, by unit.</summary>
    public static Task<IReadOnlyList<RetentionRow>> FindRetentionAsync(
        this TenantSession session, Parties parties, SatisfactionPeriod period, CancellationToken cancellationToken) =>
        session.QueryAsync<RetentionRow>(
            $"{Columns} WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND period = @Text ORDER BY unit DESC",
            new { parties.OwnerId, parties.DelegationId, period.Text },
            cancellationToken);

    /// <summary>The figures from one period of a length to another, the earliest first.</summary>
    public static Task<IReadOnlyList<RetentionRow>> ListRetentionAsync(
        this TenantSession session, Parties parties, SatisfactionPeriod first, SatisfactionPeriod last, CancellationToken cancellationToken) =>
        session.QueryAsync<RetentionRow>(
            $"""
            {Columns}
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND period_kind = @kind AND first_day BETWEEN @first AND @last
            ORDER BY first_day
            """,
            new { parties.OwnerId, parties.DelegationId, kind = first.Kind.Stored(), first = first.FirstDay, last = last.FirstDay },
            cancellationToken);

    /// <summary>False when somebody else recorded them meanwhile.</summary>
    public static async Task<bool> SaveRetentionAsync(
        this TenantSession session, RetentionRow retention, SatisfactionPeriod period, CancellationToken cancellationToken) =>
        await session.ExecuteAsync(
            """
            INSERT INTO retention AS r (
                owner_id, delegation_id, delegate_id, retention_id, period, period_kind, first_day, unit, customers_at_start, lost, won, update_time, revision)
            VALUES (@OwnerId, @DelegationId, @DelegateId, @Id, @Period, @kind, @FirstDay, @Unit, @CustomersAtStart, @Lost, @Won, @UpdateTime, @Revision)
            ON CONFLICT (owner_id, delegation_id, period, unit) DO UPDATE SET
                customers_at_start = excluded.customers_at_start, lost = excluded.lost, won = excluded.won, update_time = excluded.update_time,
                revision = excluded.revision
            WHERE r.revision = excluded.revision - 1
            """,
            new
            {
                retention.OwnerId, retention.DelegationId, retention.DelegateId, retention.Id, retention.Period, kind = period.Kind.Stored(), period.FirstDay,
                retention.Unit, retention.CustomersAtStart, retention.Lost, retention.Won, retention.UpdateTime, retention.Revision,
            },
            cancellationToken) == 1;
}
