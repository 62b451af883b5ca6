using System.Reflection;
using Delegation.Access.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Delegation.TestKit.Access;

// How to record the calls of a business process, for the access walk:
//
// 1. Add Access/RecordedCalls/<Process>.cs to the service's test project, with a class that implements IRecordedCalls. It is found by
//    itself; no list has to be changed.
// 2. For each rpc give: the service's descriptor, the rpc's name, who may call it (said once more, so that a rule in the contract that is
//    wider than meant does not pass), and a function that prepares what the call needs in a world of its own and answers who makes it and
//    with which request. That call must succeed.
//
//        internal sealed class OrganizationCalls : IRecordedCalls
//        {
//            public IEnumerable<RecordedCall> All =>
//            [
//                new(Organizations.Descriptor, "GetOrganization", Who.AnyMember(), async scene =>
//                {
//                    var mutual = await scene.RegisterAsync(Kind.Mutual);
//                    return (mutual.Administrator, new GetOrganizationRequest { OrganizationId = mutual.Id.ToString() });
//                }),
//            ];
//        }
//
// The walk runs the function twice: the ids in the second request are those of another party. So each run makes objects of its own, with
// organisations of its own, and puts real ids into each id-typed field that it wants walked (names ending in `_id` or `_ids`, or `id`).

/// <summary>One call of an rpc that succeeds.</summary>
/// <param name="Service">The service of the contract.</param>
/// <param name="Rpc">The rpc's name in it.</param>
/// <param name="Who">Who may call, as it is meant.</param>
/// <param name="PrepareAsync">Prepares what the call needs, in a world of its own, and answers who calls and with which request.</param>
public sealed record RecordedCall(ServiceDescriptor Service, string Rpc, AccessRule Who, Func<Scene, Task<(Actor Caller, IMessage Request)>> PrepareAsync)
{
    /// <summary>The rpc.</summary>
    public MethodDescriptor Method => Service.FindMethodByName(Rpc) ?? throw new InvalidOperationException($"{Service.FullName} has no rpc {Rpc}.");

    /// <summary>The rpc as calls name it.</summary>
    public string FullName => $"/{Service.FullName}/{Rpc}";

    /// <summary>True where the contract says that it changes nothing.</summary>
    public bool IsRead => Method.GetOptions()?.IdempotencyLevel == MethodOptions.Types.IdempotencyLevel.NoSideEffects;

    /// <summary>All recorded calls of a test project.</summary>
    public static IReadOnlyDictionary<string, RecordedCall> In(Assembly tests) => tests.GetTypes()
        .Where(type => type.IsAssignableTo(typeof(IRecordedCalls)) && type is { IsAbstract: false })
        .SelectMany(type => ((IRecordedCalls)Activator.CreateInstance(type)!).All)
        .ToDictionary(call => call.FullName);
}

/// <summary>The recorded calls of a business process.</summary>
public interface IRecordedCalls
{
    /// <summary>One for each rpc.</summary>
    IEnumerable<RecordedCall> All { get; }
}

/// <summary>Who may call, in a few words.</summary>
public static class Who
{
    /// <summary>Whoever belongs to an organisation, on either side or on one.</summary>
    public static AccessRule AnyMember(Side side = Side.Either) => new() { AnyRole = true, Side = side };

    /// <summary>Members of either side with one of these roles.</summary>
    public static AccessRule Members(params Role[] roles) => new() { Roles = { roles }, Side = Side.Either };

    /// <summary>Members of one side with one of these roles.</summary>
    public static AccessRule MembersOf(Side side, params Role[] roles) => new() { Roles = { roles }, Side = side };

    /// <summary>Members of either side with one of these roles, and both sides must act.</summary>
    public static AccessRule BothSides(params Role[] roles) => new() { Roles = { roles }, Side = Side.Either, BothSides = true };

    /// <summary>Whoever has a valid token.</summary>
    public static AccessRule Anybody() => new() { AnonymousOrganization = true };

    /// <summary>The platform's own services.</summary>
    public static AccessRule Services() => new() { System = true };
}
