using System.Globalization;
using Delegation.Access.V1;
using Delegation.Contracts.Negotiation;
using Delegation.Persistence.DueWork;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Time;
using State = Delegation.Contracts.V1.Contract.Types.State;

namespace Delegation.Contracts.Contracting;

/// <summary>What contracts put on work lists: to issue what is agreed on, to sign, to answer a notice by planning the exit, to decide whether a contract renews itself.</summary>
internal static class ContractWork
{
    /// <summary>The kind of the work that looks at the days of a contract.</summary>
    public const string TermKind = "contract.term";

    /// <summary>Keeps the work lists of both sides in step with a contract or an amendment.</summary>
    public static async Task KeepContractWorkAsync(
        this DatabaseSession session, ContractRow contract, ContractingOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        var proposed = contract.ReadProposedTermination();
        var (awaited, today) = (contract.AwaitedSides().ToHashSet(), ParisDays.DayAt(clock.GetUtcNow()));
        foreach (var side in Sides.Both)
        {
            await session.KeepAsync(
                contract, side, "contract.sign", awaited.Contains(side), Role.Signatory, contract.EffectiveDay,
                new($"Sign {contract.Title}", $"Signer {contract.Title}"), clock, cancellationToken);
            if (contract.IsAmendment || contract.InForceTime is null)
                continue;

            var warning = contract.IsIn(State.InForce) ? TermSteps.Warning(contract, side, today, options.WarnDays) : null;
            await session.KeepAsync(
                contract, side, TermKind, warning is not null, Role.DelegationManager, warning?.DueDay, Title(contract, warning), clock, cancellationToken);
            await session.KeepAsync(
                contract, side, "contract.terminate", proposed?.Side == side.Other(), Role.Signatory, proposed is null ? null : DayField.Read("last_day", proposed.LastDay, []),
                new($"Agree to end {contract.Title} early, or decline", $"Accepter ou refuser la résiliation d'un commun accord : {contract.Title}"), clock, cancellationToken);
        }
    }

    /// <summary>A text that is agreed on waits for whoever issues it for signature, of either side.</summary>
    public static async Task KeepIssueWorkAsync(this DatabaseSession session, ContractRow contract, TimeProvider clock, CancellationToken cancellationToken)
    {
        foreach (var side in Sides.Both)
            await session.KeepAsync(
                contract, side, "contract.issue", contract.IsIn(State.Agreed), Role.DelegationManager, contract.EffectiveDay,
                new($"Issue {contract.Title} for signature", $"Émettre {contract.Title} pour signature"), clock, cancellationToken);
    }

    /// <summary>Has the days of a contract looked at when they next ask for something.</summary>
    public static Task ScheduleTermAsync(
        this TenantSession session, ContractRow contract, ContractingOptions options, TimeProvider clock, CancellationToken cancellationToken) =>
        contract.IsIn(State.InForce) && TermSteps.Next(contract, ParisDays.DayAt(clock.GetUtcNow()), options.WarnDays) is { } day
            ? session.ScheduleAsync(TermKind, contract.OwnerId, contract.DelegationId, contract.Id, ParisDays.StartOf(day), cancellationToken)
            : session.CancelScheduledAsync(TermKind, contract.OwnerId, contract.DelegationId, contract.Id, cancellationToken);

    private static LocalizedText Title(ContractRow contract, TermWarning? warning) => warning switch
    {
        { Kind: TermWarning.Of.End } => new(
            $"{contract.Title} ends on {French(warning.TermEnd)}: prepare the exit or conclude another contract",
            $"{contract.Title} prend fin le {French(warning.TermEnd)} : préparer la sortie ou conclure un autre contrat"),
        not null => new(
            $"{contract.Title} renews itself after {French(warning.TermEnd)} unless notice is given by {French(warning.DueDay)}",
            $"{contract.Title} se reconduit après le {French(warning.TermEnd)}, sauf dénonciation au plus tard le {French(warning.DueDay)}"),
        null => new("", ""),
    };

    private static Task KeepAsync(
        this DatabaseSession session,
        ContractRow contract,
        Side side,
        string kind,
        bool isOpen,
        Role role,
        DateOnly? dueDay,
        LocalizedText title,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var key = new WorkItemKey(kind, NegotiationJournal.ObjectType, contract.Id, side);
        return isOpen
            ? session.OpenWorkItemAsync(
                new OpenWork(key, contract.OwnerId, contract.DelegationId, contract.DelegateId, title) { Roles = [role], DueDay = dueDay }, clock, cancellationToken)
            : session.CloseWorkItemAsync(key, clock, cancellationToken);
    }

    private static string French(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
}
