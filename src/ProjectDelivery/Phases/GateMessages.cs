using Delegation.Delivery.V1;
using Delegation.Persistence.Commands;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Errors;
using Google.Protobuf.WellKnownTypes;
using State = Delegation.Delivery.V1.Gate.Types.State;

namespace Delegation.ProjectDelivery.Phases;

/// <summary>Gates as the contract shows them, in words of a language; without words for null.</summary>
internal static class GateMessages
{
    /// <summary>A gate that is not passed: what its criteria say now, and who passed it on that evidence.</summary>
    public static Gate ToMessage(this GateVerdict verdict, ProjectRow project, GateRow? gate, string? language)
    {
        var passes = gate?.Passes.Where(pass => gate.WasPassedBy(pass.Side, verdict.Sha256)).ToArray() ?? [];
        return new Gate
        {
            ProjectId = project.Id.ToString(),
            Gate_ = verdict.Gate,
            State = project.Position.Next != verdict.Gate ? State.Ahead : !verdict.IsOpen ? State.Shut : passes.Length > 0 ? State.Pending : State.Open,
            Criteria = { verdict.Criteria.Select(result => result.ToMessage(language)) },
            Passes = { passes },
            AwaitedSides = { verdict.Sides.Except(passes.Select(pass => pass.Side)) },
            Etag = verdict.Etag,
        };
    }

    /// <summary>A gate that both sides passed, with the evidence as it was then.</summary>
    public static Gate ToMessage(this GateRow gate, IEnumerable<PassedCriterion> evidence, string? language) => new()
    {
        ProjectId = gate.ProjectId.ToString(),
        Gate_ = gate.Which,
        State = State.Passed,
        Criteria = { evidence.Where(criterion => criterion.Gate == gate.Gate).Select(criterion => criterion.ToMessage(gate.Which, language)) },
        Passes = { gate.Passes },
        PassTime = Timestamp.FromDateTime(gate.PassTime!.Value),
        Etag = Etag.Of(gate.Id, gate.Revision),
    };

    /// <summary>A gate that both sides just passed, on this evidence.</summary>
    public static Gate ToMessage(this GateRow gate, GateVerdict verdict, string? language)
    {
        var message = gate.ToMessage([], language);
        message.Criteria.AddRange(verdict.Criteria.Select(result => result.ToMessage(language)));
        return message;
    }

    private static GateCriterion ToMessage(this CriterionResult result, string? language) => Describe(result.Criterion, language, new GateCriterion
    {
        Code = result.Criterion.Code,
        State = result.State,
        Found = Words(result.Finding.Found, language),
        Evidence = { result.Finding.Evidence.Select(ToMessage) },
        OverrideId = result.Covering?.Id.ToString() ?? "",
    });

    private static GateCriterion ToMessage(this PassedCriterion passed, ProjectGate gate, string? language) => Describe(
        GateCriteria.Find(gate, passed.Code), language, new GateCriterion
        {
            Code = passed.Code,
            State = StoredNames.Read<GateCriterion.Types.State>(passed.State),
            Found = Words(new(passed.FoundEn, passed.FoundFr), language),
            Evidence = { passed.Evidence.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Answered.Parse).Select(ToMessage) },
            OverrideId = passed.OverrideId?.ToString() ?? "",
        });

    // A gate that was passed keeps criteria that are not asked for any more.
    private static GateCriterion Describe(ICriterion? criterion, string? language, GateCriterion message)
    {
        message.Title = criterion is null ? "" : Words(criterion.Title, language);
        message.LooksAt = criterion is null ? "" : Words(criterion.LooksAt, language);
        message.AnsweredBy = criterion is null ? "" : criterion.KnownBy.Stored();
        message.Overridable = criterion?.Overridable ?? false;
        return message;
    }

    private static GateEvidence ToMessage(Answered answered) => new() { Type = answered.Type, Id = answered.Id, Revision = answered.Revision };

    private static string Words(LocalizedText text, string? language) => language is null ? "" : text.In(language);
}
