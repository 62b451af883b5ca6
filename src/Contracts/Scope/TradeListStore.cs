using Delegation.Contracts.V1;
using Delegation.Persistence.Tenancy;

namespace Delegation.Contracts.Scope;

/// <summary>The trade's list in the database: data that migrations load.</summary>
internal static class TradeListStore
{
    private static readonly Dictionary<ScopeTemplateCode, (string Name, string FrenchName)> Names = new()
    {
        [ScopeTemplateCode.Total] = ("Full delegation", "Délégation totale"),
        [ScopeTemplateCode.BenefitsOnly] = ("Partial delegation: benefits", "Délégation partielle : prestations"),
        [ScopeTemplateCode.MembershipAndPremiumsOnly] = ("Partial delegation: membership and premiums", "Délégation partielle : adhésions et cotisations"),
    };

    public static async Task<TradeList> ReadTradeListAsync(this TenantSession session, CancellationToken cancellationToken)
    {
        const string Activities =
            """
            SELECT code, name, french_name AS frenchname, regulated, delegated_in_full AS delegatedinfull, indicators
            FROM activity
            ORDER BY place
            """;
        const string Lines =
            """
            SELECT l.template, l.activity_code AS activitycode, l.insurer_roles AS insurerroles, l.delegate_roles AS delegateroles,
                   l.to_be_decided AS tobedecided, l.note
            FROM scope_template_line l
            JOIN activity a ON a.code = l.activity_code
            ORDER BY a.place
            """;

        var activities = await session.QueryAsync<ActivityRow>(Activities, cancellationToken: cancellationToken);
        var lines = await session.QueryAsync<TemplateLineRow>(Lines, cancellationToken: cancellationToken);
        var indicators = activities.ToDictionary(activity => activity.Code, activity => activity.Indicators);

        return new TradeList(
            [.. activities.Select(activity => activity.ToMessage())],
            [.. Names.Select(entry => new ScopeTemplate
            {
                Code = entry.Key,
                Name = entry.Value.Name,
                FrenchName = entry.Value.FrenchName,
                Lines = { lines.Where(line => line.Template == entry.Key.Stored()).Select(line => line.ToMessage(indicators[line.ActivityCode])) },
            })]);
    }

    private sealed record ActivityRow
    {
        public required string Code { get; init; }

        public required string Name { get; init; }

        public required string FrenchName { get; init; }

        public required bool Regulated { get; init; }

        public required bool DelegatedInFull { get; init; }

        public required string[] Indicators { get; init; }

        public Activity ToMessage() => new()
        {
            Code = Code,
            Name = Name,
            FrenchName = FrenchName,
            Regulated = Regulated,
            DelegatedInFull = DelegatedInFull,
            Indicators = { Indicators },
        };
    }

    private sealed record TemplateLineRow(string Template, string ActivityCode, string InsurerRoles, string DelegateRoles, bool ToBeDecided, string Note)
    {
        private static readonly Dictionary<char, RaciRole> Roles = new()
        {
            ['R'] = RaciRole.Responsible,
            ['A'] = RaciRole.Accountable,
            ['C'] = RaciRole.Consulted,
            ['I'] = RaciRole.Informed,
        };

        public ScopeLine ToMessage(string[] indicators) => new()
        {
            ActivityCode = ActivityCode,
            ToBeDecided = ToBeDecided,
            Assignments = { Assignment(ScopeParty.Insurer, InsurerRoles), Assignment(ScopeParty.Delegate, DelegateRoles) },
            Note = Note,
            Indicators = { indicators },
            Delegated = !ToBeDecided && DelegateRoles.Contains('R', StringComparison.Ordinal),
        };

        private static IEnumerable<RaciAssignment> Assignment(ScopeParty party, string roles)
        {
            if (roles.Length > 0)
                yield return new RaciAssignment { Party = party, Roles = { roles.Select(role => Roles[role]).Order() } };
        }
    }
}
