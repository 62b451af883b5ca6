using Delegation.Contracts.Contacts;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Delegation.Contracts.Members;

/// <summary>The rpcs of <c>delegation.contracts.v1.Members</c>: read, decide, save, answer. What each means is in the contract.</summary>
internal sealed class MembersService(CommandRunner commands, TenantSessions sessions, TimeProvider clock) : V1.Members.MembersBase
{
    public override async Task<ListMembersResponse> ListMembers(ListMembersRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var asked = PageRequest.Read(request.PageSize, request.PageToken, violations);
        if (violations.Count > 0)
            return new Outcome<ListMembersResponse>.Invalid(violations).ValueOrStatus();

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var page = (await session.ListMembersAsync(asked, context.CancellationToken)).ToPage(asked, member => new PageKey(default, member.MemberId));

        return new ListMembersResponse { Members = { page.Items.Select(member => member.ToMessage()) }, NextPageToken = page.NextPageToken };
    }

    public override async Task<Member> GetMember(GetMemberRequest request, ServerCallContext context)
    {
        var id = MemberId(request.MemberId);
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);

        return (await session.FindMemberAsync(id, context.CancellationToken)).ValueOrStatus().ToMessage();
    }

    public override Task<Member> UpdateMember(UpdateMemberRequest request, ServerCallContext context) => commands.RunAsync<UpdateMemberRequest, Member>(
        request, context, (session, cancellationToken) => UpdateAsync(session, request, cancellationToken));

    public override Task<Member> SetMemberRoles(SetMemberRolesRequest request, ServerCallContext context) => commands.RunAsync<SetMemberRolesRequest, Member>(
        request, context, (session, cancellationToken) => SetRolesAsync(session, request, cancellationToken));

    public override Task<Empty> RemoveMember(RemoveMemberRequest request, ServerCallContext context) => commands.RunAsync<RemoveMemberRequest, Empty>(
        request, context, (session, cancellationToken) => RemoveAsync(session, request, cancellationToken));

    private async Task<Outcome<Member>> UpdateAsync(TenantSession session, UpdateMemberRequest request, CancellationToken cancellationToken)
    {
        var current = (await session.LockMemberAsync(MemberId(request.MemberId), cancellationToken)).ValueOrStatus();
        return await MemberChanges.Update(current, session.Caller.PersonId, request).ThenAsync<Member>(async member =>
        {
            await session.UpdateMemberAsync(member, cancellationToken);
            await session.AppendAsync(MemberJournal.Updated(member), clock, cancellationToken);
            return new Outcome<Member>.Accepted(member.ToMessage());
        });
    }

    private async Task<Outcome<Member>> SetRolesAsync(TenantSession session, SetMemberRolesRequest request, CancellationToken cancellationToken)
    {
        var id = MemberId(request.MemberId);
        var administrators = await session.LockAdministratorsAsync(cancellationToken);
        var current = (await session.LockMemberAsync(id, cancellationToken)).ValueOrStatus();
        return await MemberChanges.SetRoles(current, administrators, request).ThenAsync<Member>(async member =>
        {
            await session.UpdateMemberAsync(member, cancellationToken);
            await session.AppendAsync(MemberJournal.Granted(member, session.Caller.Side), clock, cancellationToken);
            return new Outcome<Member>.Accepted(member.ToMessage());
        });
    }

    private async Task<Outcome<Empty>> RemoveAsync(TenantSession session, RemoveMemberRequest request, CancellationToken cancellationToken)
    {
        var id = MemberId(request.MemberId);
        var administrators = await session.LockAdministratorsAsync(cancellationToken);
        var current = (await session.LockMemberAsync(id, cancellationToken)).ValueOrStatus();
        return await MemberChanges.Remove(current, administrators, request).ThenAsync<Empty>(async member =>
        {
            await session.DeleteMemberAsync(member, cancellationToken);
            await session.AppendAsync(MemberJournal.Ended(member), clock, cancellationToken);
            await session.OpenContactsWorkAfterAsync(member.MemberId, clock, cancellationToken);
            return new Outcome<Empty>.Accepted(new Empty());
        });
    }

    private static Guid MemberId(string text)
    {
        var violations = new List<FieldViolation>();
        return IdField.Read("member_id", text, violations) ?? new Outcome<Guid>.Invalid(violations).ValueOrStatus();
    }
}
