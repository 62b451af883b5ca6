using Delegation.Contracts.V1;
using Delegation.Delivery.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.Watch.V1;
using Grpc.Core;
using Type = Delegation.Watch.V1.AffectedObject.Types.Type;

namespace Delegation.Watch.Impact;

/// <summary>
/// Looks for objects of other services with the token of the caller that is being served: what they may not see is not there. Reports have no look-up of one by
/// its id; their ids are kept as they come, and lead nowhere for whoever may not read them.
/// </summary>
internal sealed class OtherServices(
    Negotiations.NegotiationsClient contracts,
    Scopes.ScopesClient scopes,
    Contracts.V1.Commitments.CommitmentsClient commitments,
    Projects.ProjectsClient projects,
    Delivery.V1.Actions.ActionsClient actions,
    Committees.CommitteesClient committees,
    Meetings.MeetingsClient meetings)
{
    /// <summary>What an object is called in its service; null when there is none that the caller sees.</summary>
    /// <exception cref="RpcException">UNAVAILABLE or DEADLINE_EXCEEDED: that service does not answer.</exception>
    public Task<string?> TitleAsync(AffectedObject affected, CancellationToken cancellationToken) => affected.Type switch
    {
        Type.Contract => TitleOf(
            contracts.GetContractAsync(new GetContractRequest { DelegationId = affected.DelegationId, ContractId = affected.Id }, cancellationToken: cancellationToken),
            found => found.Terms?.Title ?? ""),
        Type.ContractClause => TitleOf(
            contracts.GetContractClauseAsync(
                new GetContractClauseRequest { DelegationId = affected.DelegationId, ContractId = affected.ParentId, ClauseId = affected.Id }, cancellationToken: cancellationToken),
            found => found.Title),
        Type.ScopeVersion => TitleOf(
            scopes.GetScopeVersionAsync(
                new GetScopeVersionRequest { DelegationId = affected.DelegationId, ScopeVersionId = affected.Id }, cancellationToken: cancellationToken),
            found => $"{found.Number}"),
        Type.CommitmentVersion => TitleOf(
            commitments.GetCommitmentVersionAsync(
                new GetCommitmentVersionRequest { DelegationId = affected.DelegationId, CommitmentVersionId = affected.Id }, cancellationToken: cancellationToken),
            found => found.Terms?.Title ?? ""),
        Type.Project => TitleOf(
            projects.GetProjectAsync(new GetProjectRequest { ProjectId = affected.Id }, cancellationToken: cancellationToken),
            found => found.DelegationId == affected.DelegationId ? found.Name : null),
        Type.ProjectAction => TitleOf(
            actions.GetActionAsync(new GetActionRequest { ProjectId = affected.ParentId, ActionId = affected.Id }, cancellationToken: cancellationToken),
            found => found.Title),
        _ => Task.FromResult<string?>(""),
    };

    /// <summary>A contract of a delegation; null when there is none that the caller sees.</summary>
    public Task<Contract?> ContractAsync(Guid delegationId, Guid contractId, CancellationToken cancellationToken) => FoundAsync(
        contracts.GetContractAsync(
            new GetContractRequest { DelegationId = delegationId.ToString(), ContractId = contractId.ToString() }, cancellationToken: cancellationToken));

    /// <summary>A meeting; null when there is none that the caller sees.</summary>
    public Task<Meeting?> MeetingAsync(Guid meetingId, CancellationToken cancellationToken) =>
        FoundAsync(meetings.GetMeetingAsync(new GetMeetingRequest { MeetingId = meetingId.ToString() }, cancellationToken: cancellationToken));

    /// <summary>The committee of a meeting; null when there is none that the caller sees.</summary>
    public Task<Committee?> CommitteeAsync(Meeting meeting, CancellationToken cancellationToken) =>
        FoundAsync(committees.GetCommitteeAsync(new GetCommitteeRequest { CommitteeId = meeting.CommitteeId }, cancellationToken: cancellationToken));

    private static async Task<string?> TitleOf<T>(AsyncUnaryCall<T> call, Func<T, string?> title)
        where T : class => await FoundAsync(call) is { } found ? title(found) : null;

    private static async Task<T?> FoundAsync<T>(AsyncUnaryCall<T> call)
        where T : class
    {
        try
        {
            return await call;
        }
        catch (RpcException refused) when (refused.StatusCode == StatusCode.NotFound)
        {
            return null;
        }
        catch (RpcException refused) when (refused.StatusCode is StatusCode.Unauthenticated or StatusCode.PermissionDenied or StatusCode.FailedPrecondition)
        {
            throw RpcErrors.PassOn(refused);
        }
    }
}
