using Delegation.Contracts.Regulation;
using Delegation.Contracts.V1;
using FsCheck;
using FsCheck.Fluent;
using Basis = Delegation.Contracts.V1.RegimeFlag.Types.Basis;
using Choice = Delegation.Contracts.V1.Answer.Types.Choice;
using Criticality = Delegation.Contracts.V1.DelegationRegimes.Types.Criticality;
using InsurerKind = Delegation.Contracts.V1.Organization.Types.Kind;
using Level = Delegation.Contracts.V1.CriticalityCriterion.Types.Level;

namespace Delegation.Contracts.Tests.Regulation;

public sealed class From_answers_to_regimes
{
    private static readonly Regime[] OfKinds = [Regime.MutualDelegation, Regime.ProvidentDelegation];

    [Fact]
    public void What_nobody_answered_counts_as_the_answer_by_which_more_applies()
    {
        var flags = RegimeRule.Flags(new RegulatoryAnswers(), InsurerKind.Mutual);

        Assert.Equal(Covering.AllRegimes.Except([Regime.ProvidentDelegation]).Order(), flags.Applying().Order());
        Assert.Equal(Basis.NotAnswered, flags.Single(flag => flag.Regime == Regime.DoraIct).Basis);
        Assert.Equal(Criticality.CriticalByDefault, RegimeRule.CriticalityOf(new RegulatoryAnswers()));
    }

    [Fact]
    public void Every_regime_has_one_flag() =>
        Assert.Equal(Covering.AllRegimes.Order(), RegimeRule.Flags(Least(), InsurerKind.InsuranceCompany).Select(flag => flag.Regime).Order());

    [Theory]
    [InlineData(InsurerKind.Mutual, Regime.MutualDelegation)]
    [InlineData(InsurerKind.ProvidentInstitution, Regime.ProvidentDelegation)]
    [InlineData(InsurerKind.InsuranceCompany, Regime.Unspecified)]
    public void What_the_insurer_is_decides_which_code_applies(InsurerKind kind, Regime regime)
    {
        var flags = RegimeRule.Flags(new RegulatoryAnswers(), kind);

        Assert.Equal(regime == Regime.Unspecified ? [] : [regime], flags.Applying().Intersect(OfKinds));
        Assert.DoesNotContain(RegimeRule.Flags(new RegulatoryAnswers { CollectiveContracts = No() }, kind).Applying(), OfKinds.Contains);
    }

    [Fact]
    public void What_was_answered_no_throughout_leaves_what_always_applies() =>
        Assert.Equal([Regime.UsualProvisions, Regime.SectorRules], RegimeRule.Flags(Least(), InsurerKind.Mutual).Applying().Order());

    public static TheoryData<string, Regime[]> EachAlone => new()
    {
        { "outsourcing", [Regime.Solvency2Standard] },
        { "ict_services", [Regime.DoraIct] },
        { "personal_data", [Regime.GdprProcessing] },
        { "health_data_hosting", [Regime.Hds] },
        { "collective_contracts", [Regime.MutualDelegation] },
        { "distribution", [Regime.Distribution] },
        { "aml_duties", [Regime.Aml] },
        { "complaints", [Regime.Complaints] },
    };

    [Theory]
    [MemberData(nameof(EachAlone))]
    public void Each_answer_alone_brings_its_regime(string question, Regime[] regimes)
    {
        var answers = Least();
        RegulatoryAnswers.Descriptor.FindFieldByName(question).Accessor.SetValue(answers, Yes());

        Assert.Equal([Regime.UsualProvisions, Regime.SectorRules, .. regimes], RegimeRule.Flags(answers, InsurerKind.Mutual).Applying().Order());
    }

    [Fact]
    public void A_delegation_is_critical_unless_a_documented_decision_says_otherwise()
    {
        Criticality Of(Choice keyFunction, Level level, string reason = "", bool excluded = false, Level? last = null) => RegimeRule.CriticalityOf(new RegulatoryAnswers
        {
            KeyFunction = new Answer { Choice = keyFunction },
            Criteria = Criteria(level, last ?? level),
            NotCriticalReason = reason,
            ExcludedServicesOnly = new Answer { Choice = excluded ? Choice.Yes : Choice.Unspecified },
        });

        Assert.Equal(Criticality.CriticalByDefault, Of(Choice.No, Level.Low));
        Assert.Equal(Criticality.NotCriticalByDecision, Of(Choice.No, Level.Moderate, "Volume marginal"));
        Assert.Equal(Criticality.CriticalByDefault, Of(Choice.No, Level.Low, "Volume marginal", last: Level.Unspecified));
        Assert.Equal(Criticality.CriticalByCriterion, Of(Choice.No, Level.Low, "Volume marginal", last: Level.High));
        Assert.Equal(Criticality.CriticalByKeyFunction, Of(Choice.Yes, Level.Low, "Volume marginal"));
        Assert.Equal(Criticality.CriticalByDefault, Of(Choice.Unspecified, Level.Low, "Volume marginal"));
        Assert.Equal(Criticality.NotCriticalByExclusion, Of(Choice.No, Level.Unspecified, excluded: true));
    }

    [Fact]
    public void Criticality_concerns_outsourcing_and_ict_services_each_for_itself()
    {
        var answers = Least();
        answers.IctServices = Yes();
        Assert.Contains(Regime.DoraIctCritical, Critical(answers));
        Assert.DoesNotContain(Regime.Solvency2Critical, Critical(answers));

        answers = Least();
        answers.Outsourcing = Yes();
        Assert.Contains(Regime.Solvency2Critical, Critical(answers));
        Assert.DoesNotContain(Regime.DoraIctCritical, Critical(answers));
        Assert.DoesNotContain(Regime.Solvency2Critical, RegimeRule.Flags(answers, InsurerKind.Mutual).Applying());

        static IReadOnlySet<Regime> Critical(RegulatoryAnswers answers) =>
            RegimeRule.Flags(new RegulatoryAnswers(answers) { NotCriticalReason = "" }, InsurerKind.Mutual).Applying();
    }

    /// <summary>Whatever was answered before: less certainty never takes a regime away.</summary>
    [Fact]
    public void Taking_an_answer_back_never_takes_a_regime_away() =>
        Prop.ForAll(AnyAnswers.ToArbitrary(), Gen.Choose(0, 8).ToArbitrary(), (answers, place) =>
        {
            var before = RegimeRule.Flags(answers, InsurerKind.Mutual).Applying();
            var unsaid = new RegulatoryAnswers(answers);
            RegulatoryAnswers.Descriptor.FindFieldByName(Questions[place]).Accessor.Clear(unsaid);

            return RegimeRule.Flags(unsaid, InsurerKind.Mutual).Applying().IsSupersetOf(before);
        }).QuickCheckThrowOnFailure();

    private static readonly string[] Questions =
    [
        "outsourcing", "excluded_services_only", "criteria", "ict_services", "personal_data", "health_data_hosting", "collective_contracts", "distribution", "complaints",
    ];

    private static Gen<RegulatoryAnswers> AnyAnswers =>
        from choices in Gen.Elements(Choice.Unspecified, Choice.Yes, Choice.No).ArrayOf(11)
        from low in Gen.Elements(Level.Unspecified, Level.Low, Level.Moderate, Level.High)
        from reason in Gen.Elements("", "Volume marginal")
        select new RegulatoryAnswers
        {
            Outsourcing = new Answer { Choice = choices[0] },
            KeyFunction = new Answer { Choice = choices[1] },
            IntraGroup = new Answer { Choice = choices[2] },
            ExcludedServicesOnly = new Answer { Choice = choices[3] },
            Criteria = low == Level.High ? null : Criteria(low, low),
            NotCriticalReason = reason,
            IctServices = new Answer { Choice = choices[4] },
            PersonalData = new Answer { Choice = choices[5] },
            HealthDataHosting = new Answer { Choice = choices[6] },
            CollectiveContracts = new Answer { Choice = choices[7] },
            Distribution = new Answer { Choice = choices[8] },
            AmlDuties = new Answer { Choice = choices[9] },
            Complaints = new Answer { Choice = choices[10] },
        };

    internal static CriticalityCriteria Criteria(Level level, Level last) => new()
    {
        Cost = new() { Level = level }, Impact = new() { Level = level }, Replacement = new() { Level = level }, Regulatory = new() { Level = level }, Losses = new() { Level = last },
    };

    /// <summary>Answers by which as little applies as can.</summary>
    internal static RegulatoryAnswers Least() => new()
    {
        Outsourcing = No(), KeyFunction = No(), IntraGroup = No(), IctServices = No(), PersonalData = No(), HealthDataHosting = No(),
        CollectiveContracts = No(), Distribution = No(), AmlDuties = No(), Complaints = No(),
        Criteria = Criteria(Level.Low, Level.Low), NotCriticalReason = "Volume marginal, reprise possible en un mois",
    };

    private static Answer Yes() => new() { Choice = Choice.Yes };

    private static Answer No() => new() { Choice = Choice.No, Reason = "Vérifié avec la direction juridique" };
}
