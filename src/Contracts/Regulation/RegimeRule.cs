using Delegation.Contracts.V1;
using Basis = Delegation.Contracts.V1.RegimeFlag.Types.Basis;
using Choice = Delegation.Contracts.V1.Answer.Types.Choice;
using Criticality = Delegation.Contracts.V1.DelegationRegimes.Types.Criticality;
using InsurerKind = Delegation.Contracts.V1.Organization.Types.Kind;
using Level = Delegation.Contracts.V1.CriticalityCriterion.Types.Level;

namespace Delegation.Contracts.Regulation;

/// <summary>
/// Decides which regimes apply, from the answers alone and what the insurer is. A question that nobody answered counts as the answer by
/// which more applies, and a delegation of health management is critical unless a documented decision says otherwise.
/// </summary>
internal static class RegimeRule
{
    /// <summary>All regimes, each applying or not.</summary>
    public static IReadOnlyList<RegimeFlag> Flags(RegulatoryAnswers answers, InsurerKind insurer)
    {
        var outsourcing = answers.Outsourcing.Flag(Regime.Solvency2Standard);
        var ict = answers.IctServices.Flag(Regime.DoraIct);
        var critical = CriticalityOf(answers).IsCritical();

        return
        [
            Always(Regime.UsualProvisions),
            Always(Regime.SectorRules),
            outsourcing,
            FromCriticality(Regime.Solvency2Critical, outsourcing.Applies, critical),
            Within(outsourcing, answers.KeyFunction.Flag(Regime.Solvency2KeyFunction)),
            Within(outsourcing, answers.IntraGroup.Flag(Regime.Solvency2IntraGroup)),
            ict,
            FromCriticality(Regime.DoraIctCritical, ict.Applies, critical),
            answers.PersonalData.Flag(Regime.GdprProcessing),
            answers.HealthDataHosting.Flag(Regime.Hds),
            OfKind(insurer, InsurerKind.Mutual, answers.CollectiveContracts.Flag(Regime.MutualDelegation)),
            OfKind(insurer, InsurerKind.ProvidentInstitution, answers.CollectiveContracts.Flag(Regime.ProvidentDelegation)),
            answers.Distribution.Flag(Regime.Distribution),
            answers.AmlDuties.Flag(Regime.Aml),
            answers.Complaints.Flag(Regime.Complaints),
        ];
    }

    /// <summary>Those of the flags that apply.</summary>
    public static IReadOnlySet<Regime> Applying(this IEnumerable<RegimeFlag> flags) => flags.Where(flag => flag.Applies).Select(flag => flag.Regime).ToHashSet();

    /// <summary>Whether the activity is critical or important, C. ass. R354-7, and from what that follows.</summary>
    public static Criticality CriticalityOf(RegulatoryAnswers answers) => answers switch
    {
        { KeyFunction.Choice: Choice.Yes } => Criticality.CriticalByKeyFunction,
        _ when Levels(answers.Criteria).Contains(Level.High) => Criticality.CriticalByCriterion,
        // Nobody said that there is no key function, and nothing less is decided before.
        _ when answers.KeyFunction?.Choice != Choice.No => Criticality.CriticalByDefault,
        { ExcludedServicesOnly.Choice: Choice.Yes } => Criticality.NotCriticalByExclusion,
        { NotCriticalReason.Length: > 0 } when !Levels(answers.Criteria).Contains(Level.Unspecified) => Criticality.NotCriticalByDecision,
        _ => Criticality.CriticalByDefault,
    };

    /// <summary>The levels of the five criteria, in the order of the law.</summary>
    public static IReadOnlyList<Level> Levels(CriticalityCriteria? criteria) =>
        [.. new[] { criteria?.Cost, criteria?.Impact, criteria?.Replacement, criteria?.Regulatory, criteria?.Losses }.Select(criterion => criterion?.Level ?? Level.Unspecified)];

    private static bool IsCritical(this Criticality criticality) => criticality is not (Criticality.NotCriticalByExclusion or Criticality.NotCriticalByDecision);

    private static RegimeFlag Always(Regime regime) => new() { Regime = regime, Applies = true, Basis = Basis.Always };

    private static RegimeFlag Flag(this Answer? answer, Regime regime) => new()
    {
        Regime = regime,
        Applies = answer?.Choice != Choice.No,
        Basis = answer is null or { Choice: Choice.Unspecified } ? Basis.NotAnswered : Basis.Answered,
    };

    // Without outsourcing there is none inside a group or of a key function either: the same answer decides.
    private static RegimeFlag Within(RegimeFlag outsourcing, RegimeFlag flag) =>
        outsourcing.Applies ? flag : new RegimeFlag(outsourcing) { Regime = flag.Regime };

    private static RegimeFlag FromCriticality(Regime regime, bool applies, bool critical) =>
        new() { Regime = regime, Applies = applies && critical, Basis = applies ? Basis.Criticality : Basis.Answered };

    private static RegimeFlag OfKind(InsurerKind insurer, InsurerKind kind, RegimeFlag flag) =>
        insurer == kind ? flag : new RegimeFlag { Regime = flag.Regime, Applies = false, Basis = Basis.KindOfInsurer };
}
