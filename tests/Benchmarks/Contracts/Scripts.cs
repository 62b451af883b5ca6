extern alias contracts;

using System.Text.RegularExpressions;
using Delegation.Access.V1;
using DelegationQueries = contracts::Delegation.Contracts.Delegations.DelegationQueries;
using DelegationStore = contracts::Delegation.Contracts.Delegations.DelegationStore;
using OrganizationStore = contracts::Delegation.Contracts.Organizations.OrganizationStore;

namespace Delegation.Benchmarks.Contracts;

/// <summary>
/// What a call asks of the database, for pgbench: the same statements, those of the service in its own text, under the same role and policies, after
/// the same statements that say for whom, in the same round trips. What the service sends together is a pipeline here.
/// </summary>
internal static partial class Scripts
{
    private const string Membership = "SELECT organization_id, person_id, roles, side FROM membership_of(:issuer, :subject);";

    private const string Start = "BEGIN;\nCALL act_for(:organization, :person);";

    // The same id in all statements of a transaction, and another one in each, without a round trip to ask for it.
    private const string Draft = "md5(:draft::bigint::text)::uuid";

    /// <summary>GetDelegation.</summary>
    public static string Get { get; } = Read(DelegationQueries.OneOf(Side.Insurer));

    /// <summary>ListDelegations, a page of 50 and one more that tells of the next.</summary>
    public static string List { get; } = Read(DelegationQueries.ListOf(Side.Insurer, state: null));

    /// <summary>CreateDelegation of a delegate: a draft and its journal entry.</summary>
    public static string Create { get; } =
        $$"""
        \set draft random(1, 9223372036854775807)
        {{Membership}}
        \startpipeline
        {{Start}}
        {{With(OrganizationStore.Select, ("id", ":organization"))}};
        \endpipeline
        \startpipeline
        {{With(
            DelegationStore.InsertDraft,
            ("OwnerId", ":organization"), ("Id", Draft), ("InsurerId", "NULL::uuid"), ("InviterSide", "'delegate'"), ("Title", "'Collective'"),
            ("CounterpartLegalName", "'Mutuelle'"), ("CounterpartSiren", "'775685399'"), ("ReferenceData", "'{}'"), ("PlannedStartDay", "NULL"),
            ("CreateTime", "now()"), ("UpdateTime", "now()"), ("Revision", "1"))}}
        \endpipeline
        \startpipeline
        SELECT append_journal(gen_random_uuid(), :organization, NULL::uuid, NULL::uuid, 'both', 'delegation', {{Draft}}, 1, now(), 'delegation.contracts.v1.DelegationDrafted',
                              decode(repeat('00', 180), 'hex'), decode(repeat('00', 16), 'hex'));
        COMMIT;
        \endpipeline
        """;

    private static string Read(string sql) =>
        $"""
        {Membership}
        \startpipeline
        {Start}
        {With(sql, ("organization", ":organization"), ("id", ":delegation"), ("after", ":after"), ("Limit", ":limit"))};
        \endpipeline
        ROLLBACK;
        """;

    // A parameter that is not among them is an error: the statement is no longer the one that was compared.
    private static string With(string sql, params IEnumerable<(string Name, string Value)> parameters)
    {
        var values = parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value);
        return Parameter().Replace(sql, parameter => values[parameter.Groups[1].Value]);
    }

    [GeneratedRegex("@([A-Za-z]+)")]
    private static partial Regex Parameter();
}
