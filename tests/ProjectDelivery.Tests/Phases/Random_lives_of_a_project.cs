using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Phases;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using FsCheck;
using FsCheck.Fluent;

namespace Delegation.ProjectDelivery.Tests.Phases;

/// <summary>
/// Whatever happens in whatever order, criteria that change, overrides, time that passes, sides that pass gates: the phase moves only while each
/// criterion is met or validly overridden, and only when both sides acted on the same evidence; and then it does.
/// </summary>
public sealed class Random_lives_of_a_project
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static readonly Gen<Step> Steps = Gen.Frequency(
        (6, from criterion in Gen.Choose(0, 2) from kind in Gen.Frequency((4, Gen.Constant(FindingKind.Met)), (3, Gen.Constant(FindingKind.Unmet)), (1, Gen.Constant(FindingKind.NotAnswered)))
            from revision in Gen.Choose(1, 2) select (Step)new Step.Changes(criterion, kind, revision)),
        (3, from side in Sides from criterion in Gen.Choose(0, 2) from days in Gen.Choose(0, 6) select (Step)new Step.Proposes(side, criterion, days)),
        (3, from side in Sides from criterion in Gen.Choose(0, 2) select (Step)new Step.Confirms(side, criterion)),
        (2, from days in Gen.Choose(0, 4) select (Step)new Step.TimeMoves(days)),
        (8, from side in Sides from old in Gen.Frequency((5, Gen.Constant(false)), (1, Gen.Constant(true))) select (Step)new Step.Passes(side, old)));

    private static Gen<Side> Sides => Gen.Elements(Side.Insurer, Side.Delegate);

    [Fact]
    public void The_phase_moves_only_when_it_may_and_both_sides_acted() => Prop.ForAll(
        Steps.ArrayOf(60).ToArbitrary(), steps => new Life().Holds(steps)).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));

    [Fact]
    public void Some_of_these_lives_reach_the_end_of_the_project()
    {
        var reached = Steps.ArrayOf(400).Sample(200).Count(steps =>
        {
            var life = new Life();
            return life.Holds(steps) && life.Position.Phase == ProjectPhase.Closed;
        });

        Assert.InRange(reached, 1, 200);
    }

    private abstract record Step
    {
        public sealed record Changes(int Criterion, FindingKind Kind, int Revision) : Step;

        public sealed record Proposes(Side Side, int Criterion, int Days) : Step;

        public sealed record Confirms(Side Side, int Criterion) : Step;

        public sealed record TimeMoves(int Days) : Step;

        public sealed record Passes(Side Side, bool OnOldEvidence) : Step;
    }

    private sealed record Rule(int Number) : ICriterion
    {
        public string Code => $"RULE_{Number}";

        public LocalizedText Title => new("Rule", "Règle");

        public LocalizedText LooksAt => new("Nothing", "Rien");

        public bool Overridable => Number != 0;

        public Task<Finding> LookAsync(CriterionQuestion question, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    /// <summary>One project, and beside it what may happen to it in the simplest words.</summary>
    private sealed class Life
    {
        private static readonly Rule[] Rules = [new(0), new(1), new(2)];

        private readonly Finding[] _findings = [.. Rules.Select(_ => Found(FindingKind.Unmet, 1))];
        private readonly OverrideRow?[] _overrides = new OverrideRow?[3];
        private readonly Dictionary<Side, string> _passedOn = [];
        private readonly string _firstEtag;
        private ProjectRow _project = new(
            Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), "Reprise", "launch", new(2026, 3, 2), null, "letter_of_engagement", Guid.NewGuid(),
            new(2026, 1, 1), null, new string('0', 64), Start.UtcDateTime, 1, Start.UtcDateTime, Start.UtcDateTime, 1, RunStage: null, OpenOverrides: 0, StopReason: "");

        private DateTimeOffset _now = Start;
        private GateRow? _gate;

        public Life() => _firstEtag = Verdict.Etag;

        public ProjectPosition Position => _project.Position;

        private DateOnly Today => DateOnly.FromDateTime(_now.UtcDateTime);

        private ProjectGate Gate => Position.Next ?? ProjectGate.ToClosed;

        private GateVerdict Verdict => new(
            Gate, [.. Rules.Select((rule, place) => new CriterionResult(rule, _findings[place], _overrides[place] is { } covering && covering.HoldsOn(Today) ? covering : null))]);

        // Said again from the facts, without the code under test.
        private bool MayBePassed => Rules.All(rule => _findings[rule.Number].Kind == FindingKind.Met
            || (_findings[rule.Number].Kind == FindingKind.Unmet && rule.Number != 0 && Covers(_overrides[rule.Number])));

        private string Evidence => string.Join(';', Rules.Select(rule =>
            $"{_findings[rule.Number].Kind} {_findings[rule.Number].Evidence.Single().Revision} {(_findings[rule.Number].Kind == FindingKind.Unmet && rule.Number != 0 && Covers(_overrides[rule.Number]) ? _overrides[rule.Number]!.Id : "")}"));

        public bool Holds(Step[] steps) => steps.All(step => step switch
        {
            Step.Changes change => Done(() => _findings[change.Criterion] = Found(change.Kind, change.Revision)),
            Step.TimeMoves time => Done(() => _now = _now.AddDays(time.Days)),
            Step.Proposes proposal => Propose(proposal),
            Step.Confirms confirmation => Confirm(confirmation),
            Step.Passes pass => Pass(pass),
            _ => throw new NotSupportedException(),
        });

        private static Finding Found(FindingKind kind, int revision) => new(kind, new("Found.", "Trouvé."), [new Answered("thing", Guid.Empty, revision)]);

        private static bool Done(System.Action change)
        {
            change();
            return true;
        }

        private bool Covers(OverrideRow? covering) => covering is { ConfirmerId: not null, EndTime: null } && covering.EndDay >= Today;

        private Caller Of(Side side) => new(side == Side.Insurer ? _project.OwnerId : _project.DelegateId, Guid.NewGuid(), new HashSet<string>()) { Side = side };

        private bool Propose(Step.Proposes step)
        {
            var fields = new OverrideFields(Gate, Rules[step.Criterion], "Convenu.", Today.AddDays(step.Days));
            if (Overriding.Propose(_project, fields, _findings[step.Criterion], Of(step.Side), _now) is not Outcome<OverrideRow>.Accepted proposed)
                return _findings[step.Criterion].Kind != FindingKind.Unmet || step.Criterion == 0 || Position.Next is null;

            _overrides[step.Criterion] = proposed.Value;
            return step.Criterion != 0 && _findings[step.Criterion].Kind == FindingKind.Unmet && !proposed.Value.HoldsOn(Today);
        }

        private bool Confirm(Step.Confirms step)
        {
            if (_overrides[step.Criterion] is not { } proposal)
                return true;
            if (Overriding.Confirm(_project, proposal, Of(step.Side), Persistence.Commands.Etag.Of(proposal.Id, proposal.Revision), _now) is not Outcome<OverrideRow>.Accepted confirmed)
                return true;

            _overrides[step.Criterion] = confirmed.Value;
            return step.Side != proposal.ProposingSide && proposal.EndDay >= Today;
        }

        private bool Pass(Step.Passes step)
        {
            var (before, evidence, current) = (Position, Evidence, !step.OnOldEvidence || Verdict.Etag == _firstEtag);
            var other = step.Side == Side.Insurer ? Side.Delegate : Side.Insurer;
            var mayMove = before.Next is not null && current && MayBePassed && _passedOn.GetValueOrDefault(other) == evidence;
            var mayWait = before.Next is not null && current && MayBePassed && !mayMove && _passedOn.GetValueOrDefault(step.Side) != evidence;

            if (GatePassing.Decide(_project, _gate, Verdict, Of(step.Side), step.OnOldEvidence ? _firstEtag : Verdict.Etag, _now) is not Outcome<GateRow>.Accepted accepted)
                return !mayMove && !mayWait;

            if (!accepted.Value.IsPassed)
            {
                // What the other side passed on other evidence counts no more.
                if (_passedOn.GetValueOrDefault(other) != evidence)
                    _passedOn.Remove(other);
                (_gate, _passedOn[step.Side]) = (accepted.Value, evidence);
                return mayWait;
            }

            _project = _project.At(ProjectPosition.After(accepted.Value.Which), _now.UtcDateTime);
            _gate = null;
            _passedOn.Clear();
            Array.Clear(_overrides);
            return mayMove && Position != before;
        }
    }
}
