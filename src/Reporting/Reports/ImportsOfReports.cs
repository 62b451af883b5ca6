using Delegation.Persistence.Stored;
using Delegation.Persistence.Tenancy;
using Delegation.Reporting.V1;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.Reporting.Reports;

/// <summary>What a report is computed from.</summary>
internal static class ImportsOfReports
{
    /// <summary>
    /// The last import of each kind that counts. Imports of the delegation that are being applied are waited for, and later ones wait until the end
    /// of the transaction: all that is read in it are the same lines.
    /// </summary>
    public static async Task<IReadOnlyList<ReportSource>> WaitForImportsAsync(this TenantSession session, KnownDelegation delegation, CancellationToken cancellationToken)
    {
        var kinds = System.Enum.GetValues<Import.Types.Kind>().Where(StoredNames.IsKnown).Select(kind => kind.Stored()).ToArray();
        await session.ExecuteAsync(
            "SELECT pg_advisory_xact_lock_shared(hashtextextended(concat_ws(' ', 'import', @DelegationId::uuid, kind), 0)) FROM unnest(@kinds) AS kind",
            new { delegation.DelegationId, kinds },
            cancellationToken);
        var last = await session.QueryAsync<(string Kind, Guid ImportId, DateTime ApplyTime)>(
            """
            SELECT DISTINCT ON (kind) kind, import_id, apply_time
            FROM import
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND state = 'applied'
            ORDER BY kind, apply_time DESC, import_id DESC
            """,
            new { delegation.OwnerId, delegation.DelegationId },
            cancellationToken);
        return
        [
            .. last.Select(import => new ReportSource
            {
                Kind = StoredNames.Read<Import.Types.Kind>(import.Kind), ImportId = import.ImportId.ToString(), ApplyTime = Timestamp.FromDateTime(import.ApplyTime),
            }),
        ];
    }
}
