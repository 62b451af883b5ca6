using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Google.Api;
using Google.Protobuf;
using Grpc.Core;

namespace Delegation.ProjectDelivery.Committees;

/// <summary>The rpcs of <c>delegation.delivery.v1.Committees</c>: read, decide, save, answer. What each means is in the contract.</summary>
internal sealed class CommitteesService(CommandRunner commands, TenantSessions sessions, MeetingReminders reminders, TimeProvider clock) : Delivery.V1.Committees.CommitteesBase
{
    public override Task<Committee> CreateCommittee(CreateCommitteeRequest request, ServerCallContext context) =>
        RunAsync(request, context, (session, language, cancellation) => CreateAsync(session, request, language, cancellation));

    public override async Task<Committee> GetCommittee(GetCommitteeRequest request, ServerCallContext context)
    {
        var id = ReadId(request.CommitteeId, []);
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        return (await session.FindCommitteeAsync(id, context.CancellationToken)).ValueOrStatus().ToMessage(clock.GetUtcNow(), LanguageOf(context));
    }

    public override async Task<ListCommitteesResponse> ListCommittees(ListCommitteesRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var asked = PageRequest.Read(request.PageSize, request.PageToken, violations);
        var delegationId = ReadDelegation(request.DelegationId, violations);

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindDelegationAsync(delegationId, context.CancellationToken)).ValueOrStatus();
        var page = (await session.ListCommitteesAsync(delegation.Parties, asked, context.CancellationToken)).ToPage(asked, row => new PageKey(default, row.Id));
        var now = clock.GetUtcNow();

        return new ListCommitteesResponse { Committees = { page.Items.Select(row => row.ToMessage(now, LanguageOf(context))) }, NextPageToken = page.NextPageToken };
    }

    public override Task<Committee> SetCommitteeRoles(SetCommitteeRolesRequest request, ServerCallContext context) =>
        RunAsync(request, context, (session, language, cancellation) => SetRolesAsync(session, request, language, cancellation));

    public override Task<Committee> ConfirmRelaxation(ConfirmRelaxationRequest request, ServerCallContext context) =>
        RunAsync(request, context, (session, language, cancellation) => ConfirmAsync(session, request, language, cancellation));

    public override async Task<HttpBody> GetCalendar(GetCalendarRequest request, ServerCallContext context)
    {
        var delegationId = ReadDelegation(request.DelegationId, []);
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindDelegationAsync(delegationId, context.CancellationToken)).ValueOrStatus();
        var meetings = await session.ListMeetingsSinceAsync(delegation.Parties, clock.GetUtcNow().UtcDateTime.AddYears(-1), context.CancellationToken);

        return new HttpBody { ContentType = "text/calendar; charset=utf-8", Data = ByteString.CopyFromUtf8(MeetingCalendar.Write(meetings)) };
    }

    private async Task<Outcome<Committee>> CreateAsync(
        TenantSession session, CreateCommitteeRequest request, string language, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var fields = CommitteeFields.Read(request, violations);
        var delegationId = ReadDelegation(request.DelegationId, violations);
        var delegation = (await session.FindDelegationAsync(delegationId, cancellationToken)).ValueOrStatus();
        if (!delegation.IsOpen)
            return new Outcome<Committee>.Refused(
                "DELEGATION_NOT_OPEN", new("This delegation is closed: no committee is set up in it.", "Cette délégation est close : aucun comité ne s'y installe."));

        var now = clock.GetUtcNow();
        var committee = fields!.NewCommittee(delegation.Parties, session.Caller.Side, NewId.At(now), now.InMicroseconds());
        await session.InsertCommitteeAsync(committee, cancellationToken);
        await reminders.BeginAsync(session, committee, cancellationToken);

        // Read again for what its cadence follows.
        committee = (await session.FindCommitteeAsync(committee.Id, cancellationToken)).ValueOrStatus();
        var created = new CommitteeCreated { Committee = committee.ToMessage(now, language: null) };
        await session.AppendAsync(committee.Parties.Entry(CadenceChange.ObjectType, committee.Id, committee.Revision, created), clock, cancellationToken);
        return new Outcome<Committee>.Accepted(committee.ToMessage(now, language));
    }

    private async Task<Outcome<Committee>> SetRolesAsync(
        TenantSession session, SetCommitteeRolesRequest request, string language, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var roles = CommitteeFields.ReadRoles(request.Roles, violations);
        var committee = (await session.LockCommitteeAsync(ReadId(request.CommitteeId, violations), cancellationToken)).ValueOrStatus();
        if (Etag.Mismatch<Committee>(request.Etag, committee.Id, committee.Revision) is { } refused)
            return refused;

        var now = clock.GetUtcNow();
        var changed = committee.With(session.Caller.Side, roles, now.InMicroseconds());
        await session.SaveAsync(changed, clock, cancellationToken);
        return new Outcome<Committee>.Accepted(changed.ToMessage(now, language));
    }

    private async Task<Outcome<Committee>> ConfirmAsync(
        TenantSession session, ConfirmRelaxationRequest request, string language, CancellationToken cancellationToken)
    {
        var committee = (await session.LockCommitteeAsync(ReadId(request.CommitteeId, []), cancellationToken)).ValueOrStatus();
        var now = clock.GetUtcNow();
        var changed = Relaxation.Consent(committee, session.Caller.Side, request.Step, now.InMicroseconds()).ValueOrStatus();
        await session.SaveAsync(changed, clock, cancellationToken);
        return new Outcome<Committee>.Accepted(changed.ToMessage(now, language));
    }

    private Task<Committee> RunAsync<TRequest>(
        TRequest request, ServerCallContext context, Func<TenantSession, string, CancellationToken, Task<Outcome<Committee>>> run)
        where TRequest : class, IMessage<TRequest>
    {
        var language = LanguageOf(context);
        return commands.RunAsync<TRequest, Committee>(
            request, context, (session, cancellation) => run(session, language, cancellation));
    }

    private static string LanguageOf(ServerCallContext context) => Language.Of(context.RequestHeaders.GetValue("accept-language"));

    private static Guid ReadId(string id, List<FieldViolation> violations)
    {
        var read = IdField.Read("committee_id", id, violations);
        violations.RefuseIfAny();
        return read!.Value;
    }

    private static Guid ReadDelegation(string id, List<FieldViolation> violations)
    {
        var read = IdField.Read("delegation_id", id, violations);
        violations.RefuseIfAny();
        return read!.Value;
    }
}
