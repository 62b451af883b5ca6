using Delegation.Contracts.Contracting;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Tenancy;
using Kind = Delegation.Contracts.V1.Title.Types.Kind;

namespace Delegation.Contracts.TitleToOperate;

/// <summary>A contract or an amendment that both sides signed, as far as titles follow from it.</summary>
internal sealed record SignedContract
{
    public required Guid Id { get; init; }

    /// <summary>The contract that it amends; null for a contract.</summary>
    public Guid? AmendsId { get; init; }

    public required DateOnly EffectiveDay { get; init; }

    /// <summary>The message <see cref="ContractDuration"/>, as proto3 JSON; null for an amendment that changes nothing of it.</summary>
    public string? Duration { get; init; }

    public required string DocumentSha256 { get; init; }

    public required string ScopeLines { get; init; }

    public required string Notices { get; init; }

    public required DateTime InForceTime { get; init; }

    public DateOnly? SupersededOnDay { get; init; }

    public DateTime? SupersedeTime { get; init; }
}

/// <summary>
/// The facts about titles that follow from signed contracts. With each signature, amendment, notice and succession the days of a contract are
/// worked out anew from what was known by then; what differs from before is a fact. The amendment signed last is the one by whose scope the contract
/// covers lines from its effective day on; the survival clause takes over after the last day and the transition.
/// </summary>
internal static class ContractTitles
{
    /// <summary>All facts, in the order in which they became known.</summary>
    public static IEnumerable<TitleFact> Facts(IReadOnlyList<SignedContract> signed) =>
        from contract in signed
        where contract.AmendsId is null
        from fact in Of(contract, [.. signed.Where(other => other.AmendsId == contract.Id).OrderBy(amendment => amendment.InForceTime)])
        select fact;

    public static Task<IReadOnlyList<SignedContract>> ReadSignedContractsAsync(
        this TenantSession session, SharedDelegation delegation, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            SELECT contract_id AS id, amends_id AS amendsid, effective_day AS effectiveday, duration::text AS duration, document_sha256 AS documentsha256,
                   scope_lines::text AS scopelines, notices::text AS notices, in_force_time AS inforcetime, superseded_on_day AS supersededonday,
                   supersede_time AS supersedetime
            FROM contract
            WHERE owner_id = @InsurerId AND delegation_id = @Id AND in_force_time IS NOT NULL
            """;

        return session.QueryAsync<SignedContract>(Sql, new { delegation.InsurerId, delegation.Id }, cancellationToken);
    }

    private static IEnumerable<TitleFact> Of(SignedContract contract, SignedContract[] amendments)
    {
        var notices = ProtoJson.ReadList<TerminationNotice>(contract.Notices);
        var lines = amendments.Append(contract).ToDictionary(act => act.Id, act => ProtoJson.ReadList<ScopeLine>(act.ScopeLines));
        var moments = amendments.Select(amendment => amendment.InForceTime)
            .Concat(notices.Select(notice => notice.Time.ToDateTime()))
            .Append(contract.InForceTime)
            .Concat(contract.SupersedeTime is { } time ? [time] : [])
            .Distinct()
            .Order();

        var last = new Dictionary<(Guid, Guid?, Kind), TitleFact>();
        foreach (var moment in moments)
            foreach (var fact in At(moment))
            {
                if (last.TryGetValue(fact.Act, out var former) && former with { KnownTime = moment } == fact)
                    continue;

                last[fact.Act] = fact;
                yield return fact;
            }

        IEnumerable<TitleFact> At(DateTime moment)
        {
            var known = amendments.Where(amendment => amendment.InForceTime <= moment).ToArray();
            var duration = ProtoJson.Read<ContractDuration>(known.LastOrDefault(amendment => amendment.Duration is not null)?.Duration ?? contract.Duration!);
            var end = ContractEnd.Of(
                contract.EffectiveDay,
                duration,
                [.. notices.Where(notice => notice.Time.ToDateTime() <= moment)],
                contract.SupersedeTime <= moment ? contract.SupersededOnDay : null);
            var periods = ContractPeriods.Of(contract.EffectiveDay, duration);

            foreach (var act in known.Prepend(contract))
                yield return new TitleFact(
                    contract.Id, Kind.Contract, act.InForceTime, act.EffectiveDay, end.TransitionEnd, end.How, act.DocumentSha256, lines[act.Id], moment,
                    act == contract ? null : act.Id, periods);

            // Without run-off it has no days: its last one comes before its first.
            if (!end.IsOpen || last.ContainsKey((contract.Id, null, Kind.Survival)))
            {
                var latest = known.LastOrDefault() ?? contract;
                var first = end.IsOpen ? end.TransitionEnd : end.TransitionEnd.AddDays(1);
                yield return new TitleFact(
                    contract.Id, Kind.Survival, contract.InForceTime, first, end.IsOpen ? first.AddDays(-1) : end.RunOffEnd, TitleEnd.Agreed, contract.DocumentSha256, lines[latest.Id], moment);
            }
        }
    }
}
