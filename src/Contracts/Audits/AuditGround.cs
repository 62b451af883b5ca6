using System.Globalization;
using System.Text.RegularExpressions;
using Delegation.Contracts.Contracting;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.Negotiation;
using Delegation.Persistence.Tenancy;
using Kind = Delegation.Contracts.V1.AuditMission.Types.Kind;

namespace Delegation.Contracts.Audits;

/// <summary>What was agreed about audits, as of a day.</summary>
/// <param name="ClauseCode">The clause that a mission rests on; empty for none.</param>
/// <param name="ClauseTitle">What it is called.</param>
/// <param name="NoticeDays">The notice of an audit by the insurer, in working days; null where no text in force says one.</param>
internal sealed partial record AuditGround(string ClauseCode, string ClauseTitle, int? NoticeDays)
{
    // How audits are announced is what this requirement asks a contract to say.
    private const string Procedure = "DORA-30-3-E-IV";

    private static readonly AuditGround None = new("", "", null);

    /// <summary>By the contract in force with its amendments, or else by the letter of engagement in force.</summary>
    public static async Task<AuditGround> ReadAsync(TenantSession session, SharedDelegation delegation, Kind kind, DateOnly today, CancellationToken cancellationToken)
    {
        var contracts = await session.ListContractsInForceAsync(delegation, cancellationToken);
        if (contracts.Count > 0 && await ConsolidatedText.ReadAsync(session, delegation, contracts[^1].Id, today, cancellationToken) is { } text)
            return Of(text.Clauses, kind);

        const string Letter = "SELECT EXISTS (SELECT FROM letter WHERE owner_id = @InsurerId AND delegation_id = @Id AND state = 'in_force')";
        return await session.FindAsync<bool>(Letter, new { delegation.InsurerId, delegation.Id }, cancellationToken)
            ? new AuditGround("", "Lettre de mission, clause d'audit", null)
            : None;
    }

    /// <summary>By the clauses of a contract.</summary>
    public static AuditGround Of(IReadOnlyList<ClauseRow> clauses, Kind kind)
    {
        var clause = clauses.FirstOrDefault(clause => clause.Requirements.Contains(kind.Requirement()));
        var procedure = clauses.FirstOrDefault(clause => clause.Requirements.Contains(Procedure));
        return new AuditGround(clause?.Code ?? "", clause?.Title ?? "", procedure is null ? null : NoticeIn(procedure.Wording));
    }

    /// <summary>The number of working days in a wording like the library's; null where the parties wrote it in other words.</summary>
    internal static int? NoticeIn(string wording) =>
        Announced().Match(wording) is { Success: true } found ? int.Parse(found.Groups["days"].Value, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"annoncés\s+au\s+moins\s+(?<days>\d{1,2})\s+jours\s+ouvrés", RegexOptions.CultureInvariant)]
    private static partial Regex Announced();
}
