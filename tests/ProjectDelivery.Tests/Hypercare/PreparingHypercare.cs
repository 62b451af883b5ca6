using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.ProjectDelivery.Tests.Phases;
using Delegation.TestKit.Access;

namespace Delegation.ProjectDelivery.Tests.Hypercare;

/// <summary>Prepares projects in hypercare.</summary>
internal static class PreparingHypercare
{
    public static HypercareFollowUp.HypercareFollowUpClient Hypercare(this Scene scene, Actor actor) => new(scene.As(actor));

    public static Adjustments.AdjustmentsClient Adjustments(this Scene scene, Actor actor) => new(scene.As(actor));

    /// <summary>A project whose run has just begun.</summary>
    public static async Task<(TwoParties Two, Project Project)> InRunAsync(this Scene scene, params Role[] roles)
    {
        var (two, project) = await scene.LaunchedAsync(roles);
        await scene.GoThroughAsync(two, project.Id, ProjectGate.ToRun);
        return (two, project);
    }

    public static async Task<Delivery.V1.Hypercare> ReadHypercareAsync(this Scene scene, Actor actor, string projectId) =>
        await scene.Hypercare(actor).GetHypercareAsync(new GetHypercareRequest { ProjectId = projectId }, deadline: Preparing.Deadline);

    public static SetHypercareTermsRequest Setting(Delivery.V1.Hypercare hypercare, int observeDays = 20) => new()
    {
        ProjectId = hypercare.ProjectId,
        Terms = new HypercareTerms { ObserveDays = observeDays, WindowDays = 10, LeastClosedPercent = 95, MostWorkingDays = 8, FirstOperations = 2 },
        Etag = hypercare.Etag,
    };

    public static AgreeHypercareTermsRequest Agreeing(Delivery.V1.Hypercare hypercare) => new() { ProjectId = hypercare.ProjectId, Etag = hypercare.Etag };

    public static ReleaseTeamRequest Releasing(Delivery.V1.Hypercare hypercare) => new() { ProjectId = hypercare.ProjectId, Etag = hypercare.Etag };

    public static CheckOperationRequest Check(string projectId, string reference, OperationCheck.Types.Verdict verdict = OperationCheck.Types.Verdict.Right) =>
        new() { ProjectId = projectId, Reference = reference, Verdict = verdict, Note = verdict == OperationCheck.Types.Verdict.Wrong ? "Taux de remboursement inexact." : "" };

    public static OpenAdjustmentRequest Opening(string projectId, Side side = Side.Delegate) => new()
    {
        ProjectId = projectId,
        Title = "Corriger le taux des actes d'optique",
        Description = "Paramétrage de la formule 2.",
        Side = side,
        DueDay = "2099-12-31",
    };

    public static MoveAdjustmentRequest Moving(Adjustment adjustment, MoveAdjustmentRequest.Types.Move move, string note = "") =>
        new() { ProjectId = adjustment.ProjectId, AdjustmentId = adjustment.Id, Move = move, Note = note, Etag = adjustment.Etag };

    /// <summary>An adjustment that the insurer opened for the delegate to make.</summary>
    public static async Task<(TwoParties Two, Adjustment Adjustment)> AdjustmentAsync(this Scene scene)
    {
        var (two, project) = await scene.InRunAsync();
        return (two, await scene.Adjustments(two.Insurer).OpenAdjustmentAsync(Opening(project.Id), deadline: Preparing.Deadline));
    }

    /// <summary>A project in hypercare of which all but the release is overridden.</summary>
    public static async Task<(TwoParties Two, Delivery.V1.Hypercare Hypercare)> ToReleaseAsync(this Scene scene)
    {
        var (two, project) = await scene.InRunAsync();
        foreach (var criterion in (await scene.GateAsync(two.Insurer, project.Id)).Criteria)
            if (criterion.State == GateCriterion.Types.State.Unmet && criterion.Code != "PROJECT_TEAM_RELEASED")
                await scene.OverrideAsync(two, project.Id, ProjectGate.ToCruise, criterion.Code);

        return (two, await scene.ReadHypercareAsync(two.Insurer, project.Id));
    }
}
