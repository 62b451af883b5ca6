using Delegation.Contracts.V1;
using Delegation.Gateway.OpenApi;
using Google.Api;
using Google.Protobuf.Reflection;
using static Google.Protobuf.Reflection.DescriptorProto.Types;
using static Google.Protobuf.Reflection.FieldDescriptorProto.Types;

namespace Delegation.Gateway.Tests.OpenApi;

/// <summary>Each change is made to the real contract and compared with it, through the text that is kept.</summary>
public sealed class BreakingChangesTests
{
    public static TheoryData<string, Action<FileDescriptorSet>, string> Broken => new()
    {
        { "type of a field", set => Field(set, "siren").Type = FieldDescriptorProto.Types.Type.Int64, "field 4 was 'siren string' and is 'siren int64'" },
        { "name of a field", set => Field(set, "siren").Name = "siret", "field 4 was 'siren string' and is 'siret string'" },
        { "a field becomes a list", set => Field(set, "siren").Label = Label.Repeated, "field 4 was 'siren string' and is 'siren repeated string'" },
        { "a number used again", set => Drop(set, "siren").Field.Add(new FieldDescriptorProto { Name = "orias", Number = 4, Type = FieldDescriptorProto.Types.Type.String, Label = Label.Optional }), "field 4 was 'siren string' and is 'orias string'" },
        { "a field removed", set => Drop(set, "siren"), "field 4 'siren' is gone; reserve its number and its name" },
        { "a field removed, its name free", set => Drop(set, "siren").ReservedRange.Add(new ReservedRange { Start = 4, End = 5 }), "field 4 'siren' is gone" },
        { "a field removed, its number free", set => Drop(set, "siren").ReservedName.Add("siren"), "field 4 'siren' is gone" },
        { "a message removed", set => File(set, "events.proto").MessageType.Remove(Message(set, "OrganizationUpdated")), "message delegation.contracts.v1.OrganizationUpdated: is gone" },
        { "an enum value removed", set => Kinds(set).Value.RemoveAt(2), "value 2 'MUTUAL' is gone; reserve its number and its name" },
        { "an enum value renamed", set => Kinds(set).Value[2].Name = "MUTUELLE", "value 2 was 'MUTUAL' and is 'MUTUELLE'" },
        { "an rpc removed", set => Service(set).Method.RemoveAt(1), "rpc GetOrganization is gone" },
        { "a service removed", set => File(set).Service.Clear(), "service delegation.contracts.v1.Organizations: is gone" },
        { "an answer becomes a stream", set => Get(set).ServerStreaming = true, "returns (stream delegation.contracts.v1.Organization)" },
        { "a request becomes a stream", set => Get(set).ClientStreaming = true, "is '(stream delegation.contracts.v1.GetOrganizationRequest)" },
        { "another request", set => Get(set).InputType = ".delegation.contracts.v1.Organization", "rpc GetOrganization was" },
        { "another answer", set => Get(set).OutputType = ".delegation.contracts.v1.GetOrganizationRequest", "rpc GetOrganization was" },
        { "a path changed", set => Http(set).Get = "/v1/organisations/{organization_id}", "route GET /v1/organizations/{organization_id} is gone" },
        { "an HTTP method changed", set => Http(set).Post = "/v1/organizations/{organization_id}", "route GET /v1/organizations/{organization_id} is gone" },
        { "a body changed", set => Service(set).Method[0].Options.GetExtension(AnnotationsExtensions.Http).Body = "legal_name", "route POST /v1/organizations was 'RegisterOrganization, body *'" },
        { "a route for another rpc", set => Get(set).Name = "Get", "route GET /v1/organizations/{organization_id} was 'GetOrganization' and is 'Get'" },
    };

    public static TheoryData<string, Action<FileDescriptorSet>> Kept => new()
    {
        { "nothing", _ => { } },
        { "a new field", set => Message(set, "Organization").Field.Add(new FieldDescriptorProto { Name = "orias", Number = 900, Type = FieldDescriptorProto.Types.Type.String, Label = Label.Optional }) },
        { "a new message", set => File(set).MessageType.Add(new DescriptorProto { Name = "Planted" }) },
        { "a new enum value", set => Kinds(set).Value.Add(new EnumValueDescriptorProto { Name = "PLANTED", Number = 900 }) },
        { "a new rpc", set => Service(set).Method.Add(new MethodDescriptorProto { Name = "Planted", InputType = Get(set).InputType, OutputType = Get(set).OutputType }) },
        { "a second route", set => Http(set).AdditionalBindings.Add(new HttpRule { Get = "/v1/planted/{organization_id}" }) },
        { "a field removed and reserved", set => Reserve(Drop(set, "siren")) },
        { "an enum value removed and reserved", set => Reserve(Kinds(set)) },
    };

    [Theory, MemberData(nameof(Broken))]
    public void A_change_that_callers_cannot_follow_is_named(string change, Action<FileDescriptorSet> make, string named)
    {
        var (before, after) = Versions(make);

        Assert.True(BreakingChanges.Between(before, after).Any(found => found.Contains(named, StringComparison.Ordinal)),
            $"{change}: {string.Join(Environment.NewLine, BreakingChanges.Between(before, after))}");
    }

    [Theory, MemberData(nameof(Kept))]
    public void A_change_that_callers_need_not_know_of_is_none(string change, Action<FileDescriptorSet> make)
    {
        var (before, after) = Versions(make);

        Assert.True(!BreakingChanges.Between(before, after).Any(), $"{change}: {string.Join(Environment.NewLine, BreakingChanges.Between(before, after))}");
    }

    [Fact]
    public void What_was_reserved_stays_reserved()
    {
        var (_, reserved) = Versions(set => Reserve(Drop(set, "siren")));
        var (_, reused) = Versions(set => Drop(set, "siren"));

        Assert.Equal(
            [
                "message delegation.contracts.v1.Organization: does not reserve 4 any more, so that somebody can use it in another sense.",
                "message delegation.contracts.v1.Organization: does not reserve siren any more, so that somebody can use it in another sense.",
            ],
            BreakingChanges.Between(reserved, reused).Order(StringComparer.Ordinal));
    }

    private static (Surface Before, Surface After) Versions(Action<FileDescriptorSet> make)
    {
        var set = DescriptorSet.Of(typeof(Organization).Assembly);
        var before = Surface.Parse(Surface.Of(set).ToString());
        make(set);
        return (before, Surface.Of(set));
    }

    private static FileDescriptorProto File(FileDescriptorSet set, string name = "organizations.proto") =>
        set.File.Single(file => file.Name == $"delegation/contracts/v1/{name}");

    private static DescriptorProto Message(FileDescriptorSet set, string name) => set.File.SelectMany(file => file.MessageType).Single(message => message.Name == name);

    private static EnumDescriptorProto Kinds(FileDescriptorSet set) => Message(set, "Organization").EnumType[0];

    private static FieldDescriptorProto Field(FileDescriptorSet set, string name) => Message(set, "Organization").Field.Single(field => field.Name == name);

    private static ServiceDescriptorProto Service(FileDescriptorSet set) => File(set).Service[0];

    private static MethodDescriptorProto Get(FileDescriptorSet set) => Service(set).Method.Single(method => method.Name == "GetOrganization");

    private static HttpRule Http(FileDescriptorSet set) => Get(set).Options.GetExtension(AnnotationsExtensions.Http);

    private static DescriptorProto Drop(FileDescriptorSet set, string field)
    {
        var message = Message(set, "Organization");
        message.Field.Remove(Field(set, field));
        return message;
    }

    private static void Reserve(DescriptorProto message)
    {
        message.ReservedRange.Add(new ReservedRange { Start = 4, End = 5 });
        message.ReservedName.Add("siren");
    }

    private static void Reserve(EnumDescriptorProto values)
    {
        values.Value.RemoveAt(2);
        values.ReservedRange.Add(new EnumDescriptorProto.Types.EnumReservedRange { Start = 2, End = 2 });
        values.ReservedName.Add("MUTUAL");
    }
}
