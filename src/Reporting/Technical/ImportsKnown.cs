using Delegation.Persistence.Stored;
using Delegation.Persistence.Tenancy;
using Delegation.Reporting.V1;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.Reporting.Technical;

/// <summary>An import whose lines count.</summary>
internal sealed record AppliedImport(Guid Id, string Kind, int Number, DateOnly PeriodStartDay, DateOnly PeriodEndDay, DateTime ApplyTime);

/// <summary>The imports that technical figures follow from, as they were known at an instant.</summary>
internal sealed class ImportsKnown(IReadOnlyList<AppliedImport> imports, DateTime? asOf)
{
    public const string Benefits = "benefits";
    public const string Premiums = "premiums";
    public const string Membership = "membership";
    public const string Links = "noemie_links";
    public const string Rejections = "noemie_rejections";
    public const string AccountingDays = "accounting_days";

    /// <summary>All kinds that figures follow from.</summary>
    public static readonly string[] Kinds = [Benefits, Premiums, Membership, Links, Rejections, AccountingDays];

    /// <summary>The instant; null for now.</summary>
    public DateTime? AsOf { get; } = asOf;

    /// <summary>The last month of the books that benefits were told of, as its last day; null when none were.</summary>
    public DateOnly? LastMonth => imports.Where(import => import.Kind == Benefits).Select(import => (DateOnly?)Months.EndOf(import.PeriodEndDay)).Max();

    /// <summary>The last of each kind.</summary>
    public IEnumerable<ReportSource> Sources => imports.GroupBy(import => import.Kind).Select(kind => kind.MaxBy(import => import.Number)!).OrderBy(import => import.Kind, StringComparer.Ordinal)
        .Select(import => new ReportSource
        {
            Kind = StoredNames.Read<Import.Types.Kind>(import.Kind), ImportId = import.Id.ToString(), ApplyTime = Timestamp.FromDateTime(import.ApplyTime),
        });

    /// <summary>The number up to which imports of a kind count; 0 when there are none.</summary>
    public int UpTo(string kind) => imports.Where(import => import.Kind == kind).Select(import => import.Number).DefaultIfEmpty().Max();

    /// <summary>Whether an import of the kind tells of some month.</summary>
    public bool Tell(string kind, Period period) => imports.Any(import => import.Kind == kind && import.PeriodStartDay <= period.End && import.PeriodEndDay >= period.Start);

    /// <summary>The months of which no import of the kind tells.</summary>
    public IReadOnlyList<DateOnly> Missing(string kind, Period period) =>
        [.. Months.Of(period).Where(month => !Tell(kind, new Period(month, Months.EndOf(month))))];

    public static async Task<ImportsKnown> LoadAsync(TenantSession session, KnownDelegation delegation, DateTime? asOf, CancellationToken cancellationToken) =>
        new(await session.QueryAsync<AppliedImport>(
            """
            SELECT import_id AS id, kind, number, period_start_day AS periodstartday, period_end_day AS periodendday, apply_time AS applytime
            FROM import
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND state = 'applied' AND kind = ANY (@Kinds)
              AND (@asOf::timestamptz IS NULL OR apply_time <= @asOf)
            """,
            new { delegation.OwnerId, delegation.DelegationId, Kinds, asOf },
            cancellationToken), asOf);
}
