#include "model/naming.h"
#include "planner/child_metadata.h"
#include "planner/children.h"

namespace grove::planner {

Secret MakeTokenSecret(const Context& context) {
  Secret secret;
  secret.metadata = ChildOfSet(context, naming::TokenSecretName(context.name()), component::kTokenSecret);
  secret.metadata.annotations.Set("kubernetes.io/service-account.name", context.name());
  secret.type = "kubernetes.io/service-account-token";
  return secret;
}

}  // namespace grove::planner
