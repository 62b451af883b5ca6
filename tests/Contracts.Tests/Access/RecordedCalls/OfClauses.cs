using Delegation.Contracts.V1;
using Delegation.TestKit.Access;

namespace Delegation.Contracts.Tests.Access.RecordedCalls;

internal sealed class OfClauses : IRecordedCalls
{
    public IEnumerable<RecordedCall> All =>
    [
        new(V1.Clauses.Descriptor, "ListClauses", Who.AnyMember(), async scene => (await scene.RegisterAsync(), new ListClausesRequest())),
        new(V1.Clauses.Descriptor, "GetClause", Who.AnyMember(), async scene => (await scene.RegisterAsync(), new GetClauseRequest { ClauseCode = "AUD-1" })),
    ];
}
