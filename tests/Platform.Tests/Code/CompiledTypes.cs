using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Delegation.Platform.Tests.Code;

/// <summary>One class of an assembly, read from its metadata without loading it.</summary>
internal sealed record CompiledType(string Name, bool IsPublic, bool IsSealed, bool IsAbstract, bool IsGenerated, string? Base);

/// <summary>Reads the classes of an assembly file.</summary>
internal static class CompiledTypes
{
    public static IReadOnlyList<CompiledType> Of(string assembly)
    {
        using var stream = File.OpenRead(assembly);
        using var portable = new PEReader(stream);
        var reader = portable.GetMetadataReader();
        return [.. reader.TypeDefinitions.Select(handle => Read(reader, reader.GetTypeDefinition(handle))).OfType<CompiledType>()];
    }

    private static CompiledType? Read(MetadataReader reader, TypeDefinition type)
    {
        var name = reader.GetString(type.Name);
        var visibility = type.Attributes & TypeAttributes.VisibilityMask;
        var isClass = (type.Attributes & TypeAttributes.Interface) == 0;
        var parent = type.BaseType.IsNil ? null : NameOf(reader, type.BaseType);
        if (!isClass || parent is "Enum" or "ValueType" or "MulticastDelegate")
        {
            return null;
        }

        // Nested in a generated class (protobuf's `Types`, the compiler's closures) counts as generated too.
        // A client of gRPC has the mark on its members only, and is open so that tests can replace it.
        var generated = name.Contains('<', StringComparison.Ordinal) || parent == "ClientBase`1" || HasGeneratedMark(reader, type);
        for (var outer = type.GetDeclaringType(); !outer.IsNil && !generated; outer = reader.GetTypeDefinition(outer).GetDeclaringType())
        {
            generated = HasGeneratedMark(reader, reader.GetTypeDefinition(outer));
        }

        return new CompiledType(
            name,
            visibility is TypeAttributes.Public or TypeAttributes.NestedPublic,
            type.Attributes.HasFlag(TypeAttributes.Sealed),
            type.Attributes.HasFlag(TypeAttributes.Abstract),
            generated,
            parent);
    }

    private static bool HasGeneratedMark(MetadataReader reader, TypeDefinition type) =>
        type.GetCustomAttributes().Select(reader.GetCustomAttribute).Any(attribute =>
            attribute.Constructor.Kind == HandleKind.MemberReference
            && NameOf(reader, reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent) is "GeneratedCodeAttribute" or "CompilerGeneratedAttribute");

    private static string? NameOf(MetadataReader reader, EntityHandle handle) => handle.Kind switch
    {
        HandleKind.TypeReference => reader.GetString(reader.GetTypeReference((TypeReferenceHandle)handle).Name),
        HandleKind.TypeDefinition => reader.GetString(reader.GetTypeDefinition((TypeDefinitionHandle)handle).Name),
        HandleKind.TypeSpecification => NameOfGeneric(reader, reader.GetBlobReader(reader.GetTypeSpecification((TypeSpecificationHandle)handle).Signature)),
        _ => null,
    };

    // ECMA-335 II.23.2.14: GENERICINST (CLASS | VALUETYPE) TypeDefOrRef …
    private static string? NameOfGeneric(MetadataReader reader, BlobReader signature) =>
        signature.ReadByte() == (byte)SignatureTypeCode.GenericTypeInstance && signature.ReadByte() != 0 ? NameOf(reader, signature.ReadTypeHandle()) : null;
}
