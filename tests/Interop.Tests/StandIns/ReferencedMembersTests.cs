using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Grpc.AspNetCore.Server;
using Grpc.Net.Client;
using Yarp.ReverseProxy.Configuration;

namespace Delegation.Interop.Tests.StandIns;

/// <summary>
/// The real packages were compiled against the real contract types. What a stand-in lacks would show when a call first takes the way that
/// needs it, so all of it is looked up here.
/// </summary>
public sealed class ReferencedMembersTests
{
    // Generic parameters of the places that refer are not known here; any class will do to find a member.
    private static readonly Type[] Any = [.. Enumerable.Repeat(typeof(object), 8)];

    [Theory]
    [InlineData(typeof(GrpcServiceOptions), "Grpc.Core.Api")]
    [InlineData(typeof(GrpcServiceOptions), "Grpc.Net.Common")]
    [InlineData(typeof(GrpcChannel), "Grpc.Core.Api")]
    [InlineData(typeof(GrpcChannel), "Grpc.Net.Common")]
    [InlineData(typeof(RouteConfig), "System.IO.Hashing")]
    public void All_that_a_real_package_refers_to_is_in_the_stand_in(Type ofPackage, string standIn)
    {
        var package = ofPackage.Assembly;
        using var file = new PEReader(File.OpenRead(package.Location));
        var reader = file.GetMetadataReader();
        var types = reader.TypeReferences.Where(type => Assembly(reader, type) == standIn).Select(type => MetadataTokens.GetToken(type));
        var members = reader.MemberReferences
            .Where(member => Assembly(reader, reader.GetMemberReference(member).Parent) == standIn)
            .Select(member => MetadataTokens.GetToken(member));

        // Throws for the first that is missing, or has another signature.
        var found = types.Concat(members).Select(token => package.ManifestModule.ResolveMember(token, Any, Any)!).ToList();

        Assert.NotEmpty(found);
        Assert.All(found, member => Assert.Equal(standIn, member.Module.Assembly.GetName().Name));
    }

    private static string? Assembly(MetadataReader reader, EntityHandle type) => type.Kind switch
    {
        HandleKind.TypeReference => Assembly(reader, reader.GetTypeReference((TypeReferenceHandle)type).ResolutionScope),
        HandleKind.AssemblyReference => reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)type).Name),
        HandleKind.TypeSpecification =>
            GenericType(reader, (TypeSpecificationHandle)type) is { } generic ? Assembly(reader, generic) : null,
        _ => null,
    };

    // ECMA-335 II.23.2.14: GENERICINST (CLASS | VALUETYPE) type arguments…
    private static EntityHandle? GenericType(MetadataReader reader, TypeSpecificationHandle type)
    {
        var signature = reader.GetBlobReader(reader.GetTypeSpecification(type).Signature);
        if (signature.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance) return null;
        signature.ReadByte();
        return signature.ReadTypeHandle();
    }
}
