using System.Reflection;
using Delegation.Access.V1;
using Google.Api;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Delegation.Gateway.OpenApi;

/// <summary>
/// What protoc knows of the .proto files of an assembly, comments included: the resource that <c>src/Protocol/DescriptorSet.targets</c>
/// puts into it. The descriptors in generated code have no comments.
/// </summary>
internal static class DescriptorSet
{
    private static readonly ExtensionRegistry Options = [AccessExtensions.Access, AnnotationsExtensions.Http];

    /// <exception cref="InvalidOperationException">The project of the assembly does not import the targets.</exception>
    public static FileDescriptorSet Of(Assembly assembly)
    {
        using var resource = assembly.GetManifestResourceStream("descriptors.binpb")
            ?? throw new InvalidOperationException($"{assembly.GetName().Name} has no descriptor set: import src/Protocol/DescriptorSet.targets in its project.");
        return FileDescriptorSet.Parser.WithExtensionRegistry(Options).ParseFrom(resource);
    }

    /// <summary>The same as descriptors that know each other; protoc wrote each file after those that it imports.</summary>
    public static IReadOnlyList<FileDescriptor> Link(FileDescriptorSet set) =>
        FileDescriptor.BuildFromByteStrings(set.File.Select(file => file.ToByteString()), Options);
}
