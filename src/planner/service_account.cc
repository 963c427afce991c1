#include "planner/child_metadata.h"
#include "planner/children.h"

namespace grove::planner {

ServiceAccount MakeServiceAccount(const Context& context) {
  ServiceAccount account;
  account.metadata = ChildOfSet(context, context.name(), component::kServiceAccount);
  account.automount_service_account_token = true;
  return account;
}

}  // namespace grove::planner
