using Delegation.Access.V1;
using Delegation.Contracts.Tests.Contracting;
using Delegation.Contracts.Tests.LetterOfEngagement;
using Delegation.Contracts.V1;
using Grpc.Core;

namespace Delegation.Contracts.Tests.Reversibility;

/// <summary>Two parties of a test that part, and the calls by which they do.</summary>
internal sealed class Parting(ContractsHost host, Conclusion conclusion, Contract contract)
{
    public static readonly string Hash = new('a', 64);

    public ContractsHost Host => host;

    public Conclusion Conclusion => conclusion;

    public Contract Contract { get; private set; } = contract;

    public string DelegationId => conclusion.Delegation.Id;

    public string InsurerId => conclusion.Agreement.Parties.Insurer.Id;

    public string DelegateId => conclusion.Agreement.Parties.Delegate.Id;

    /// <summary>Two parties with a contract in force since a year ago, of three years, with notices of 6 and 12 months, 3 for cause, and 27 months of run-off.</summary>
    public static async Task<Parting> OpenAsync(ContractsHost host)
    {
        var conclusion = await Conclusion.OpenAsync(host);
        return new Parting(host, conclusion, await conclusion.ConcludeAsync(await conclusion.AgreeAsync(effective: LetterCalls.Day(-365))));
    }

    public static ReversibilityTerms Terms() => new()
    {
        RunOffOption = RunOffOption.ByCareDate,
        Recoveries = ClaimManager.Incoming,
        DryRuns = 1,
        DestructionMethod = "Effacement cryptographique",
        Data = { new ExitDataLine { Kind = ExitDataKind.MembersAndRights, Format = "CSV" }, new ExitDataLine { Kind = ExitDataKind.BenefitHistory, Format = "CSV" } },
        Costs = { new ExitCostRule { Ground = ExitGround.Breach, Bearer = Side.Delegate }, new ExitCostRule { Ground = ExitGround.Convenience, Bearer = Side.Insurer } },
        Retention = { new RetentionException { What = "Pièces comptables", LegalGround = "Code de commerce, art. L. 123-22", Months = 120 } },
    };

    public ReversibilityPlans.ReversibilityPlansClient Plans(bool insurer = true) => new(As(insurer));

    public Exits.ExitsClient Exits(bool insurer = true) => new(As(insurer));

    public RunOff.RunOffClient RunOff(bool insurer = true) => new(As(insurer));

    public CallInvoker As(bool insurer) => host.As(insurer ? conclusion.Agreement.Parties.InsurerSubject : conclusion.Agreement.Parties.DelegateSubject);

    public static Task<RpcException> RefusedAsync(Task call) => Assert.ThrowsAsync<RpcException>(() => call);

    public static DateOnly DayOf(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    public ProposeReversibilityPlanRequest Proposal(ReversibilityTerms? terms = null) => new() { DelegationId = DelegationId, EffectiveDay = LetterCalls.Today, Terms = terms ?? Terms() };

    public static ValidateReversibilityPlanRequest Validation(ReversibilityPlan plan) => new() { DelegationId = plan.DelegationId, ReversibilityPlanId = plan.Id, Etag = plan.Etag };

    public async Task<ReversibilityPlan> AgreeOnPlanAsync(ReversibilityTerms? terms = null)
    {
        var plan = await Plans().ProposeReversibilityPlanAsync(Proposal(terms), deadline: People.Deadline);
        await Plans().ValidateReversibilityPlanAsync(Validation(plan), deadline: People.Deadline);
        return await Plans(insurer: false).ValidateReversibilityPlanAsync(Validation(plan), deadline: People.Deadline);
    }

    public async Task<Exit> TriggerAsync(bool insurer = true, ExitGround ground = ExitGround.Convenience, string comment = "") => await Exits(insurer).TriggerExitAsync(
        new TriggerExitRequest { DelegationId = DelegationId, Ground = ground, Comment = comment }, deadline: People.Deadline);

    public async Task EndContractAsync(bool insurer, string lastDay) => Contract = await conclusion.Contracts(insurer).TerminateContractAsync(
        Conclusion.End(Contract, lastDay, TerminationGround.WithNotice), deadline: People.Deadline);

    public async Task<Exit> ReadAsync(Exit exit, bool insurer = true) =>
        await Exits(insurer).GetExitAsync(new GetExitRequest { DelegationId = exit.DelegationId, ExitId = exit.Id }, deadline: People.Deadline);

    public async Task<Exit> CompleteAsync(Exit exit)
    {
        foreach (var task in exit.Tasks.Where(task => task.Phase == exit.Phase && task.DoneTime is null))
            exit = await Exits(task.Side == Side.Insurer).CompleteExitTaskAsync(
                new CompleteExitTaskRequest { DelegationId = exit.DelegationId, ExitId = exit.Id, TaskCode = task.Code, Note = "Fait", Etag = exit.Etag }, deadline: People.Deadline);

        return exit;
    }

    public async Task<Exit> SettleAsync(Exit exit)
    {
        foreach (var flow in exit.Flows.ToArray())
            exit = await Exits().SettleExitFlowAsync(Settling(exit, flow.Kind), deadline: People.Deadline);

        return exit;
    }

    public static SettleExitFlowRequest Settling(Exit exit, ExitFlowKind kind) => new()
    {
        DelegationId = exit.DelegationId,
        ExitId = exit.Id,
        Etag = exit.Etag,
        Flow = new ExitFlow { Kind = kind, RedirectionDay = exit.CutoverDay, DoubleRunDays = 30, Misdirected = MisdirectedRule.Forward, MisdirectedDays = 2 },
    };

    public static LotTotals Totals(long count = 1200, long cents = 345_67) => new() { Count = count, AmountCents = cents, Sha256 = Hash };

    public async Task<Exit> HandOverAsync(Exit exit, ExitDataKind kind, LotTotals? handedOver = null, LotTotals? received = null)
    {
        exit = await Exits(insurer: false).HandOverLotAsync(
            new HandOverLotRequest { DelegationId = exit.DelegationId, ExitId = exit.Id, Kind = kind, Totals = handedOver ?? Totals(), Etag = exit.Etag }, deadline: People.Deadline);
        return await Exits().ReceiveLotAsync(
            new ReceiveLotRequest { DelegationId = exit.DelegationId, ExitId = exit.Id, Kind = kind, Totals = received ?? Totals(), Etag = exit.Etag }, deadline: People.Deadline);
    }

    public static AcceptLotRequest Acceptance(Exit exit, ExitDataKind kind, string reservations = "") => new()
    {
        DelegationId = exit.DelegationId, ExitId = exit.Id, Kind = kind, Reservations = reservations, Etag = exit.Etag,
    };

    public static PassExitPhaseRequest Passing(Exit exit) => new() { DelegationId = exit.DelegationId, ExitId = exit.Id, Etag = exit.Etag };

    /// <summary>Both sides leave the phase.</summary>
    public async Task<Exit> PassAsync(Exit exit)
    {
        exit = await Exits(insurer: false).PassExitPhaseAsync(Passing(exit), deadline: People.Deadline);
        return await Exits().PassExitPhaseAsync(Passing(exit), deadline: People.Deadline);
    }

    /// <summary>Through all phases up to the run-off, which time ends.</summary>
    public async Task<Exit> ToRunOffAsync(Exit exit)
    {
        exit = await PassAsync(await CompleteAsync(exit));
        exit = await PassAsync(await SettleAsync(await CompleteAsync(exit)));
        foreach (var lot in exit.Lots.ToArray())
            exit = await HandOverAsync(exit, lot.Kind);
        exit = await PassAsync(await CompleteAsync(exit));
        exit = await PassAsync(await CompleteAsync(exit));
        foreach (var lot in exit.Lots.ToArray())
        {
            exit = await HandOverAsync(exit, lot.Kind);
            exit = await Exits().AcceptLotAsync(Acceptance(exit, lot.Kind), deadline: People.Deadline);
        }

        return await PassAsync(await CompleteAsync(exit));
    }
}
