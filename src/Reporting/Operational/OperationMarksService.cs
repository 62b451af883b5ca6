using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Stored;
using Delegation.Persistence.Tenancy;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Grpc.Core;

namespace Delegation.Reporting.Operational;

/// <summary>The rpcs of <c>delegation.reporting.v1.OperationMarks</c>. What each means is in the contract.</summary>
internal sealed class OperationMarksService(CommandRunner commands, TenantSessions sessions, TimeProvider clock) : OperationMarks.OperationMarksBase
{
    public override Task<TellOperationMarksResponse> TellOperationMarks(TellOperationMarksRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellation) => TellAsync(session, request, cancellation));

    public override async Task<ListOperationMarksResponse> ListOperationMarks(ListOperationMarksRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var id = IdField.Read("delegation_id", request.DelegationId, violations);
        var reference = TextField.ReadLine("reference", request.Reference, MarkReading.LongestReference, violations);
        violations.RefuseIfAny();

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindDelegationAsync(id!.Value, context.CancellationToken)).ValueOrStatus();
        var marks = await session.ListMarksAsync(delegation, reference!, context.CancellationToken);
        return new ListOperationMarksResponse { Marks = { marks.Select(mark => mark.ToMessage()) } };
    }

    private async Task<Outcome<TellOperationMarksResponse>> TellAsync(TenantSession session, TellOperationMarksRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var id = IdField.Read("delegation_id", request.DelegationId, violations);
        var marks = MarkReading.Read(request.Marks, violations);
        if (violations.Count > 0)
            return new Outcome<TellOperationMarksResponse>.Invalid(violations);

        return await (await session.FindDelegationAsync(id!.Value, cancellationToken)).ThenAsync(async delegation =>
        {
            if (delegation.Closed<TellOperationMarksResponse>() is { } closed)
                return closed;

            var now = clock.GetUtcNow();
            var (added, replaced) = await session.SaveMarksAsync(delegation, marks, session.Caller.PersonId, now.InMicroseconds(), cancellationToken);
            var told = new OperationMarksTold { Added = added, Replaced = replaced };
            await session.AppendAsync(delegation.Entry("operation_marks", NewId.At(now), 1, told), clock, cancellationToken);
            return new Outcome<TellOperationMarksResponse>.Accepted(new TellOperationMarksResponse { Added = added, Replaced = replaced });
        });
    }
}
