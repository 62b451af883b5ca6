using Dapper;
using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.Reporting.Commitments;
using Delegation.Reporting.Operational;
using Delegation.Reporting.Tests.Operations;
using Delegation.Reporting.V1;
using Delegation.TestKit.Access;
using Google.Protobuf;
using Npgsql;

namespace Delegation.Reporting.Tests.Operational;

/// <summary>A delegation with somebody of each side who may record and dispute measures.</summary>
internal sealed record Partners((Guid Insurer, Guid Delegation, Guid Delegate) Parties, Actor Insurer, Actor Delegate)
{
    public string DelegationId => Parties.Delegation.ToString();
}

/// <summary>Prepares commitments and operations, and asks for measures of April 2026.</summary>
internal static class PreparingCommitments
{
    public static DateTime Deadline => DateTime.UtcNow.AddSeconds(30);

    public static async Task<Partners> PartnersAsync(this Scene scene)
    {
        var parties = await scene.DelegationAsync();
        return new Partners(
            parties,
            await scene.MemberAsync(parties.Insurer, Side.Insurer, Role.DelegationManager, Role.Reporting),
            await scene.MemberAsync(parties.Delegate, Side.Delegate, Role.DelegationManager, Role.Reporting, Role.Operations));
    }

    /// <summary>95 % of quotes in two working days of the month; 2.5 % of the fees for each point begun below.</summary>
    public static CommitmentTerms Quotes() => new()
    {
        IndicatorCode = "ESTIMATE_TIME",
        Title = "Réponse aux devis",
        Measure = Contracts.V1.CommitmentMeasure.ShareInTime,
        Direction = TargetDirection.AtLeast,
        TimeUnit = TimeUnit.Days,
        TimeLimit = 2,
        TargetHundredths = 95_00,
        ToleranceHundredths = 1_00,
        Period = SettlementPeriod.Month,
        Weight = 1,
        Clock = new CommitmentClock
        {
            Start = ClockEvent.Received,
            Stop = ClockEvent.Answered,
            DayZero = DayZeroRule.StartDayIsZero,
            Calendar = ClockCalendar.Ouvres,
            OpenItems = OpenItemsRule.CountLateOnes,
            Pauses = { PauseCause.AwaitingInsured },
        },
        Exclusions = { new Exclusion { Cause = ExclusionCause.Insurer } },
        Penalty = new PenaltyTerms
        {
            Basis = PenaltyBasis.PercentOfFees,
            RateHundredths = 2_50,
            StepHundredths = 1_00,
            StepCount = StepCount.Started,
            GapOrigin = GapOrigin.Target,
            CapRateHundredths = 20_00,
        },
    };

    /// <summary>A version that both sides validated, as the follower of Contracts leaves it.</summary>
    public static async Task<Guid> CommitAsync(
        this Scene scene, Partners partners, CommitmentTerms terms, string firstDay = "2026-01-01", string? lastDay = null, Guid? commitmentId = null, int number = 1)
    {
        var commitment = commitmentId ?? Guid.CreateVersion7();
        await using var administrator = new NpgsqlConnection(scene.Database.AdminConnectionString);
        await administrator.ExecuteAsync(
            "INSERT INTO commitment_version VALUES (@Insurer, @Delegation, @Delegate, @commitment, gen_random_uuid(), @number, @firstDay::date, @lastDay::date, @terms::jsonb, 1)",
            new
            {
                partners.Parties.Insurer, partners.Parties.Delegation, partners.Parties.Delegate, commitment, number, firstDay, lastDay,
                terms = JsonFormatter.Default.Format(terms),
            });
        return commitment;
    }

    /// <summary>Quotes of April: 17 in time, and 3 late of which one is open at the end of the month.</summary>
    public static Task TellQuotesAsync(this Scene scene, Partners partners) => scene.TellAsync(
        partners.Parties,
        [
            .. Enumerable.Range(1, 17).Select(i => new Told($"Q{i:00}", "quote", "2026-04-07", "2026-04-09", "processed")),
            new Told("Q18", "quote", "2026-04-07", "2026-04-10", "processed"),
            new Told("Q19", "quote", "2026-03-30", "2026-04-20", "processed"),
            new Told("Q20", "quote", "2026-04-20"),
            new Told("Q21", "quote", "2026-04-29"),
        ]);

    public static Measures.MeasuresClient Measures(this Scene scene, Actor actor) => new(scene.As(actor));

    public static async Task<RecordMeasuresResponse> RecordAprilAsync(this Scene scene, Partners partners) =>
        await scene.Measures(partners.Delegate).RecordMeasuresAsync(
            new RecordMeasuresRequest { DelegationId = partners.DelegationId, PeriodStartDay = "2026-04-01", PeriodEndDay = "2026-04-30" }, deadline: Deadline);

    /// <summary>A commitment of April that was missed, with its measure recorded.</summary>
    public static async Task<(Partners Partners, V1.CommitmentMeasure Measure)> BreachAsync(this Scene scene)
    {
        var partners = await scene.PartnersAsync();
        await scene.CommitAsync(partners, Quotes());
        await scene.TellQuotesAsync(partners);
        return (partners, (await scene.RecordAprilAsync(partners)).Measures.Single());
    }

    /// <summary>Versions of one commitment, for rules without a database.</summary>
    public static CommitmentHistory History(IReadOnlyList<NeutralisedDays> neutralised, params (string First, string? Last, CommitmentTerms Terms)[] versions)
    {
        var id = Guid.CreateVersion7();
        return new CommitmentHistory(
            id,
            [.. versions.Select((version, place) => new AgreedCommitment(
                id, Guid.CreateVersion7(), place + 1, Day(version.First), version.Last is null ? null : Day(version.Last), null, version.Terms))],
            neutralised);
    }

    public static MeasuredItem Item(string reference, Moment received, Moment? closed, params Standstill[] standstills) =>
        new(reference, received, null, closed, false, new Dictionary<ClockEvent, Moment>(), standstills, []);

    public static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", null);
}
