using System.Collections.Frozen;
using System.Reflection;
using Delegation.Access.V1;
using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Delegation.Persistence.Access;

/// <summary>The rule of each rpc that this process serves, from the option <c>access</c> in the contract. What is open to all has none.</summary>
internal sealed class AccessRules(EndpointDataSource endpoints)
{
    // Made when first asked for: endpoints are mapped after services are built.
    private readonly Lazy<FrozenDictionary<string, AccessRule?>> _rules = new(() => Read(endpoints.Endpoints));
    private readonly Lazy<FrozenDictionary<string, AuditSubject>> _subjects = new(() => Served(endpoints.Endpoints)
        .ToFrozenDictionary(served => served.Method.FullName, served => AuditSubjects.Of(Descriptor(served.ServiceType).FindMethodByName(served.Method.Name))));

    /// <summary>The rule, or null where anybody may call, token or not: the health of a process.</summary>
    /// <param name="method">The rpc, as <c>/delegation.contracts.v1.Organizations/GetOrganization</c>.</param>
    /// <exception cref="KeyNotFoundException">It is not served here.</exception>
    public AccessRule? Of(string method) => _rules.Value[method];

    /// <summary>What of a delegation the rpc reads, for auditors; unspecified where it is closed to them.</summary>
    /// <param name="method">As for <see cref="Of"/>.</param>
    public AuditSubject SubjectOf(string method) => _subjects.Value.GetValueOrDefault(method);

    /// <summary>Reads them now.</summary>
    /// <exception cref="InvalidOperationException">An rpc has none, or one that cannot be meant.</exception>
    public void Check() => _ = _rules.Value;

    private static FrozenDictionary<string, AccessRule?> Read(IReadOnlyList<Endpoint> endpoints)
    {
        var rules = new Dictionary<string, AccessRule?>();
        foreach (var endpoint in endpoints)
            if (endpoint.Metadata.GetMetadata<GrpcMethodMetadata>() is { } served)
                rules[served.Method.FullName] = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null ? Rule(served) : null;

        var wrong = rules.Where(rule => rule.Value is not null && Problem(rule.Value) is not null).Select(rule => $"{rule.Key}: {Problem(rule.Value!)}").ToArray();
        return wrong.Length == 0
            ? rules.ToFrozenDictionary()
            : throw new InvalidOperationException($"Who may call is not said as it must be, in the option access of the contract. {string.Join(' ', wrong)}");
    }

    private static IEnumerable<GrpcMethodMetadata> Served(IReadOnlyList<Endpoint> endpoints) =>
        endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null).Select(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()).OfType<GrpcMethodMetadata>();

    private static AccessRule Rule(GrpcMethodMetadata served) =>
        Descriptor(served.ServiceType).FindMethodByName(served.Method.Name).GetOptions()?.GetExtension(AccessExtensions.Access) ?? new AccessRule();

    /// <summary>Why a rule cannot be meant, or null.</summary>
    internal static string? Problem(AccessRule rule)
    {
        var members = rule.AnyRole || rule.Roles.Count > 0;
        return rule switch
        {
            _ when !members && !rule.AnonymousOrganization && !rule.System => "nobody may call it.",
            { AnyRole: true, Roles.Count: > 0 } => "it has both roles and any_role.",
            _ when rule.Roles.Any(role => !role.IsKnown()) => "it has a role that is none.",
            { Side: Side.Unspecified } when members => "it names no side.",
            { AnonymousOrganization: true } when members => "its caller acts for an organisation and for none.",
            { BothSides: true } when !members || rule.Side != Side.Either => "both sides must act and only one may call.",
            _ => null,
        };
    }

    /// <summary>The field in which a request says for which delegation it is; null when it does not.</summary>
    internal static FieldDescriptor? DelegationOf(MessageDescriptor request) =>
        request.FindFieldByName("delegation_id") is { FieldType: FieldType.String, IsRepeated: false } field ? field : null;

    // A generated base class is nested in the class of its service, which holds the descriptor.
    private static ServiceDescriptor Descriptor(Type service)
    {
        for (var type = service; type is not null; type = type.BaseType)
            if (type.DeclaringType?.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) is ServiceDescriptor descriptor)
                return descriptor;

        throw new InvalidOperationException($"{service} does not come from a .proto file, so nothing says who may call it.");
    }
}
