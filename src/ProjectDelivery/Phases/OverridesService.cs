using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Launch;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Google.Protobuf;
using Grpc.Core;
using State = Delegation.Delivery.V1.GateOverride.Types.State;

namespace Delegation.ProjectDelivery.Phases;

/// <summary>The rpcs of <c>delegation.delivery.v1.Overrides</c>: read, decide, save, answer. What each means is in the contract.</summary>
internal sealed class OverridesService(
    CommandRunner commands, TenantSessions sessions, Peers peers, OverrideExpiry expiry, TimeProvider clock) : Overrides.OverridesBase
{
    private static readonly FieldViolation StateUnknown = new(
        "state", "STATE_UNKNOWN", new("This state is not known.", "Cet état n'est pas connu."),
        new("Choose a state of overrides, or nothing for all.", "Choisissez un état de dérogation, ou rien pour tous."));

    public override Task<GateOverride> ProposeOverride(ProposeOverrideRequest request, ServerCallContext context) =>
        RunAsync(request, context, (session, cancellation) => ProposeAsync(session, request, cancellation));

    public override async Task<GateOverride> GetOverride(GetOverrideRequest request, ServerCallContext context)
    {
        var (projectId, id) = PlanIds.Read(request.ProjectId, "override_id", request.OverrideId, []);
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var project = (await session.FindProjectAsync(projectId, context.CancellationToken)).ValueOrStatus();
        return (await session.FindOverrideAsync(project, id, context.CancellationToken)).ValueOrStatus().ToMessage(context.LanguageOfCaller());
    }

    public override async Task<ListOverridesResponse> ListOverrides(ListOverridesRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var state = request.State.StoredIfKnown();
        if (state is null && request.State != State.Unspecified)
            violations.Add(StateUnknown);
        var asked = PageRequest.Read(request.PageSize, request.PageToken, violations);
        var projectId = PlanIds.ReadProject(request.ProjectId, violations);

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var project = (await session.FindProjectAsync(projectId, context.CancellationToken)).ValueOrStatus();
        var page = (await session.ListOverridesAsync(project, state, asked, context.CancellationToken)).ToPage(asked, row => new PageKey(default, row.Id));

        return new ListOverridesResponse { Overrides = { page.Items.Select(row => row.ToMessage(context.LanguageOfCaller())) }, NextPageToken = page.NextPageToken };
    }

    public override Task<GateOverride> ConfirmOverride(ConfirmOverrideRequest request, ServerCallContext context) =>
        RunAsync(request, context, (session, cancellation) => ConfirmAsync(session, request, cancellation));

    public override Task<GateOverride> WithdrawOverride(WithdrawOverrideRequest request, ServerCallContext context) =>
        RunAsync(request, context, (session, cancellation) => WithdrawAsync(session, request, cancellation));

    public override Task<GateOverride> SettleOverride(SettleOverrideRequest request, ServerCallContext context) =>
        RunAsync(request, context, (session, cancellation) => SettleAsync(session, request, cancellation));

    private async Task<Outcome<OverrideRow>> ProposeAsync(TenantSession session, ProposeOverrideRequest request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var violations = new List<FieldViolation>();
        var fields = OverrideFields.Read(request, ParisDays.DayAt(now), violations);
        var (project, finding) = await LookAsync(session, PlanIds.ReadProject(request.ProjectId, violations), fields!.Criterion, now, cancellationToken);
        return await Overriding.Propose(project, fields, finding, session.Caller, now).ThenAsync(async proposal =>
        {
            if (!await session.InsertOverrideAsync(proposal, cancellationToken))
                return new Outcome<OverrideRow>.Conflict(
                    "OVERRIDE_PROPOSED", new("One is proposed for this criterion and waits for the other side.", "Une dérogation est déjà proposée pour ce critère et attend l'autre partie."));

            return await ToldAsync(session, proposal, message => new OverrideProposed { Override = message }, cancellationToken);
        });
    }

    private async Task<Outcome<OverrideRow>> ConfirmAsync(TenantSession session, ConfirmOverrideRequest request, CancellationToken cancellationToken)
    {
        var (projectId, id) = PlanIds.Read(request.ProjectId, "override_id", request.OverrideId, []);
        var project = (await session.LockProjectAsync(projectId, cancellationToken)).ValueOrStatus();
        var proposal = (await session.FindOverrideAsync(project, id, cancellationToken)).ValueOrStatus();
        var now = clock.GetUtcNow();
        return await Overriding.Confirm(project, proposal, session.Caller, request.Etag, now).ThenAsync(async confirmed =>
        {
            var open = await session.ListOpenOverridesAsync(project, cancellationToken);
            if (open.FirstOrDefault(former => former.Which == confirmed.Which && former.Criterion == confirmed.Criterion) is { } former)
            {
                var replaced = former.Ended(State.Replaced, now);
                await session.UpdateOverrideAsync(replaced, cancellationToken);
                await ToldAsync(session, replaced, message => new OverrideEnded { Override = message }, cancellationToken);
            }

            await session.UpdateOverrideAsync(confirmed, cancellationToken);
            await expiry.AwaitAsync(session, confirmed, cancellationToken);
            return await ToldAsync(session, confirmed, message => new OverrideConfirmed { Override = message }, cancellationToken);
        });
    }

    private async Task<Outcome<OverrideRow>> WithdrawAsync(TenantSession session, WithdrawOverrideRequest request, CancellationToken cancellationToken)
    {
        var (projectId, id) = PlanIds.Read(request.ProjectId, "override_id", request.OverrideId, []);
        var project = (await session.LockProjectAsync(projectId, cancellationToken)).ValueOrStatus();
        var proposal = (await session.FindOverrideAsync(project, id, cancellationToken)).ValueOrStatus();
        return await Overriding.Withdraw(proposal, request.Etag, clock.GetUtcNow()).ThenAsync(ended => EndAsync(session, ended, cancellationToken));
    }

    private async Task<Outcome<OverrideRow>> SettleAsync(TenantSession session, SettleOverrideRequest request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var (projectId, id) = PlanIds.Read(request.ProjectId, "override_id", request.OverrideId, []);
        var before = (await session.FindProjectAsync(projectId, cancellationToken)).ValueOrStatus();
        var read = (await session.FindOverrideAsync(before, id, cancellationToken)).ValueOrStatus();
        var criterion = GateCriteria.Find(read.Which, read.Criterion);

        var (project, finding) = criterion is not null
            ? await LookAsync(session, projectId, criterion, now, cancellationToken)
            : ((await session.LockProjectAsync(projectId, cancellationToken)).ValueOrStatus(), NotAskedForAnyMore);
        var open = (await session.FindOverrideAsync(project, id, cancellationToken)).ValueOrStatus();
        return await Overriding.Settle(open, finding, request.Etag, now).ThenAsync(ended => EndAsync(session, ended, cancellationToken));
    }

    private static Finding NotAskedForAnyMore { get; } = Finding.Met(new("The gate asks for it no more.", "Le jalon ne le demande plus."));

    // Another service is asked before the project is locked, this one after.
    private async Task<(ProjectRow Project, Finding Finding)> LookAsync(
        TenantSession session, Guid projectId, ICriterion criterion, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var project = (await session.FindProjectAsync(projectId, cancellationToken)).ValueOrStatus();
        var look = new GateLook(session, peers, project, now, cancellationToken);
        if (criterion.KnownBy != KnownBy.Delivery)
            await look.LookAsync(criterion);

        var locked = (await session.LockProjectAsync(projectId, cancellationToken)).ValueOrStatus();
        return (locked, await look.LookAsync(criterion));
    }

    private async Task<Outcome<OverrideRow>> EndAsync(TenantSession session, OverrideRow ended, CancellationToken cancellationToken)
    {
        await session.UpdateOverrideAsync(ended, cancellationToken);
        await expiry.ForgetAsync(session, ended, cancellationToken);
        return await ToldAsync(session, ended, message => new OverrideEnded { Override = message }, cancellationToken);
    }

    private async Task<Outcome<OverrideRow>> ToldAsync(
        TenantSession session, OverrideRow changed, Func<GateOverride, IMessage> happened, CancellationToken cancellationToken)
    {
        var entry = changed.Parties.Entry(GateWork.OverrideType, changed.Id, changed.Revision, happened(changed.ToMessage(language: null)));
        await session.AppendAsync(entry, clock, cancellationToken);
        await session.KeepOverrideWorkAsync(changed, clock, cancellationToken);
        return new Outcome<OverrideRow>.Accepted(changed);
    }

    private Task<GateOverride> RunAsync<TRequest>(
        TRequest request, ServerCallContext context, Func<TenantSession, CancellationToken, Task<Outcome<OverrideRow>>> run)
        where TRequest : class, IMessage<TRequest>
    {
        var language = context.LanguageOfCaller();
        return commands.RunAsync<TRequest, GateOverride>(
            request, context,
            async (session, cancellation) => await (await run(session, cancellation)).ThenAsync(
                changed => Task.FromResult<Outcome<GateOverride>>(new Outcome<GateOverride>.Accepted(changed.ToMessage(language)))));
    }
}
