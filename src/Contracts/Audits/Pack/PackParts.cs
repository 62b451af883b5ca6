using System.Text.Json;
using Delegation.Access.V1;
using Google.Protobuf.Reflection;
using static Google.Protobuf.Reflection.MethodOptions.Types;

namespace Delegation.Contracts.Audits.Pack;

/// <summary>A list or an object of a delegation, as the rpc that answers it.</summary>
/// <param name="Service">The process that serves it, as <c>delivery</c>.</param>
/// <param name="Rpc">The rpc.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Items">The objects in a page; null where the answer is one object.</param>
internal sealed record PackPart(string Service, MethodDescriptor Rpc, AuditSubject Subject, FieldDescriptor? Items)
{
    /// <summary>Where it is in a pack.</summary>
    public string Path => $"{Service}/{JsonNamingPolicy.SnakeCaseLower.ConvertName(Rpc.Name)}.{(Items is null ? "json" : "ndjson")}";
}

/// <summary>What of all services goes into packs: every read that auditors may make and that needs the delegation alone.</summary>
internal static class PackParts
{
    /// <summary>The processes, by the packages of the contract.</summary>
    public static IReadOnlyList<string> Services { get; } = ["contracts", "delivery", "reporting", "watch"];

    /// <summary>All files of the contract, which say of every event what it is.</summary>
    public static TypeRegistry Types { get; } = TypeRegistry.FromFiles(Files());

    public static IReadOnlyList<PackPart> All { get; } =
        [.. from file in Files()
            from service in file.Services
            let subject = service.GetOptions()?.GetExtension(AccessExtensions.Audited) ?? AuditSubject.Unspecified
            where subject != AuditSubject.Unspecified
            from rpc in service.Methods
            where rpc.GetOptions()?.IdempotencyLevel == IdempotencyLevel.NoSideEffects && !rpc.IsServerStreaming && NeedsTheDelegationAlone(rpc.InputType)
            let part = new PackPart(file.Package.Split('.')[1], rpc, subject, ItemsOf(rpc.OutputType))
            orderby part.Path
            select part];

    // What else a request can say narrows a list, or names one object of many.
    private static bool NeedsTheDelegationAlone(MessageDescriptor request) =>
        request.FindFieldByName("delegation_id") is not null
        && request.Fields.InDeclarationOrder().All(field => field.Name == "delegation_id" || !(field.Name.EndsWith("_id", StringComparison.Ordinal) || field.Name == "id"));

    private static FieldDescriptor? ItemsOf(MessageDescriptor answer) => answer.FindFieldByName("next_page_token") is null
        ? null
        : answer.Fields.InDeclarationOrder().FirstOrDefault(field => field is { IsRepeated: true, FieldType: FieldType.Message });

    private static IEnumerable<FileDescriptor> Files() =>
        typeof(Delegation.Journal.V1.Journal).Assembly.GetTypes()
            .Where(type => type.Name.EndsWith("Reflection", StringComparison.Ordinal))
            .Select(type => type.GetProperty("Descriptor")?.GetValue(null))
            .OfType<FileDescriptor>()
            .Where(file => file.Package.StartsWith("delegation.", StringComparison.Ordinal))
            .OrderBy(file => file.Name, StringComparer.Ordinal);
}
